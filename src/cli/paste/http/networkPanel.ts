import { listedForm } from './listedForm.ts';

/** The address as the headers of the request have it, or as the console does with what came of it. */
const ADDRESS =
  /^[^\S\n]*Request URL:?\s+(?<url>https?:\S+)|^.*?(?<method>POST|GET) (?<shown>https?:\S+)\s(?:\d{3}\b|\[?HTTP|net::)/im;
const METHOD = /^[^\S\n]*Request Method:?\s+([A-Z]+)[^\S\n]*$/im;

/** What was sent, to a blank line or to what was answered. */
const PAYLOAD =
  /^[^\S\n]*(?:Form Data|(?:Request )?Payload|Request Body):?[^\S\n]*\n(?:view .*\n|\s)*(?<sent>\S[^]*?)(?=\n(?:[^\S\n]{0,20}\n|[^\S\n]{0,20}(?:Response\b|[[{<]))|$(?![^]))/im;

const bodyOf = (sent: string): string | undefined =>
  listedForm(sent) ?? (/^(?:\{|[\w.%-]{1,60}=)/.test(sent) ? sent : undefined);

const HEADERS = /Request Headers[^]*/i;
const HEADER = /^[^\S\n]*(authorization|content-type|origin|dpop):\s{1,9}(\S.*)$/gim;

const FIRST_LINE = /^[^\S\n]*Request URL/gim;

/** Of several requests the fields are of the one that they stand below. */
const startOf = (text: string, payloadStart: number): number =>
  [...text.slice(0, payloadStart).matchAll(FIRST_LINE)].at(-1)?.index ?? 0;

/** A text in which what the developer tools of a browser show of a request stands as it went over the wire. */
export const withoutNetworkPanel = (all: string): string => {
  const start = startOf(all, PAYLOAD.exec(all)?.index ?? 0);
  const text = all.slice(start);
  const { url, method = 'POST', shown = url } = ADDRESS.exec(text)?.groups ?? {};
  const { 0: payload = '', groups } = PAYLOAD.exec(text) ?? {};
  const sent = groups?.['sent'] ?? '';
  const [headers] = HEADERS.exec(text.replace(payload, '\n')) ?? [];
  // Without its headers it may name its client there.
  const body = bodyOf(sent);
  if (body === undefined || shown === undefined || !(headers ? sent : /client_?(?:id|assertion)/i.test(sent)))
    return all;
  const head = [...(headers ?? '').matchAll(HEADER)].map(([, name, value]) => `${name}: ${value}\n`);
  return `${all.slice(0, start)}${METHOD.exec(text)?.[1] ?? method} ${shown} HTTP/1.1\n${head.join('')}\n${body}\n\n* \n${text.replace(payload, '')}`;
};
