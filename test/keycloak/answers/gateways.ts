import { createServer, request as open, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from '../../../docs/demo/http/listen.ts';

/** What stands in front of a provider. */
export type Gateway = (request: IncomingMessage, response: ServerResponse, upstream: string) => void;

const html = (text: string) => `<!doctype html><html><body><h1>${text}</h1></body></html>`;

/** Answers everything itself, with a page. */
export const withPage =
  (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Gateway =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(html(text));

/** Answers everything itself, with JSON. */
export const withJson =
  (status: number, value: object): Gateway =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

/** Passes on all but the body. */
export const losingBodies: Gateway = ({ method, url, headers }, response, upstream) => {
  const { host: _, 'content-length': __, ...kept } = headers;
  open(upstream + url, { method, headers: kept }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  }).end();
};

/** Passes on what is about discovery, and answers the rest as another gateway does. */
export const onlyDiscovery =
  (rest: Gateway): Gateway =>
  (request, response, upstream) =>
    /openid-configuration/.test(request.url ?? '')
      ? losingBodies(request, response, upstream)
      : rest(request, response, upstream);

/** Starts a gateway in front of a server, on loopback. */
export const startGateway = (gateway: Gateway, upstream: string) =>
  listen(
    createServer((request, response) => gateway(request, response, upstream)),
    0,
  );
