import { createServer, type RequestListener } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listen } from '../../../docs/demo/http/listen.ts';
import { ask } from '../../../docs/demo/keycloak/ask.ts';
import { findRealm } from '../../../docs/demo/keycloak/findRealm.ts';
import { NoRealm } from '../../../docs/demo/keycloak/noRealm.ts';

/** A server on loopback that answers like this; it ends with the test. */
const startServer = async (answer: RequestListener): Promise<string> => {
  const { port, stop } = await listen(createServer(answer), 0);
  onTestFinished(stop);
  return `http://localhost:${port}`;
};

/** A realm `demo`, as far as it matters here. */
const startRealm = (atTokenEndpoint: { status: number; body: string }): Promise<string> =>
  startServer(({ url = '', headers }, response) => {
    const issuer = `http://${headers.host}/realms/demo`;
    const at = `${issuer}/protocol/openid-connect`;
    if (url === '/realms/demo/.well-known/openid-configuration')
      return response.end(JSON.stringify({ issuer, jwks_uri: `${at}/certs`, token_endpoint: `${at}/token` }));
    const isToken = url.endsWith('/token');
    return response.writeHead(isToken ? atTokenEndpoint.status : 404).end(atTokenEndpoint.body);
  });

const knownClient = { status: 400, body: '{"error":"invalid_grant"}' };

describe('a realm is found', () => {
  test.each(['', '/realms/demo'])('by the address of its server and %j', async (path) => {
    const server = await startRealm(knownClient);
    expect(await findRealm(server + path, 'demo')).toEqual({
      issuer: `${server}/realms/demo`,
      jwks: new URL(`${server}/realms/demo/protocol/openid-connect/certs`),
      adminConsole: `${server}/admin/master/console/#/demo`,
      isDemo: true,
    });
  });
});

const refusalOf = async (server: string): Promise<string> => {
  const refusal: unknown = await findRealm(server, 'demo').catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(NoRealm);
  return (refusal as NoRealm).message;
};

describe('one line says what is missing', () => {
  test.each<[string, RequestListener, RegExp]>([
    ['a realm', (_, response) => response.writeHead(404).end(), /^There is no realm at .* \(404\)\. .*$/],
    ['JSON', (_, response) => response.end('<html>'), /^What answers at .* is not a Keycloak\. .*$/],
    ['an object', (_, response) => response.end('null'), /^What answers at .* is not a Keycloak\. .*$/],
    ['addresses', (_, response) => response.end('{}'), /^What answers at .* is not a Keycloak\. .*$/],
    ['an answer', ({ socket }) => socket.destroy(), /^No answer from .* \(\w+\)\. .*$/],
    [
      'an end to the redirects',
      (_, response) => response.writeHead(302, { location: '/' }).end(),
      /^No answer from .* \(redirect count exceeded\)\. .*$/,
    ],
  ])('%s', async (_, answer, line) => {
    expect(await refusalOf(await startServer(answer))).toMatch(line);
  });

  test.each([
    [401, '{"error":"invalid_client"}', '(invalid_client)'],
    [401, '{"error":"unauthorized_client"}', '(unauthorized_client)'],
    [502, 'Bad Gateway', '(502)'],
  ])('the client, where the token endpoint says %i %s', async (status, body, because) => {
    const refusal = await refusalOf(await startRealm({ status, body }));
    expect(refusal).toContain(`has no public client "demo" ${because}. npm run keycloak`);
  });

  test('time: a server that accepts and never answers is given up', async () => {
    const server = await startServer(() => {});
    await expect(ask(server, undefined, 50)).rejects.toThrow(/^No answer from .* \(TimeoutError\)/);
  });
});
