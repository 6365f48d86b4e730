import { addressOf } from '../curl/address.ts';
import type { HttpRequest } from '../curl/httpRequest.ts';
import { isTokenAddress } from '../../explain/endpointOf.ts';
import type { Exchange, HttpAnswer } from './exchange.ts';

/** What opens an address in a browser: PowerShell's, and those of cmd, macOS and Linux. */
const OPENER =
  /^[^\S\n]{0,20}(?:[^>$\n]{0,200}[$>][^\S\n]{0,20})?(?:Start-Process|saps|start|open|xdg-open|explorer)[^\S\n]{1,20}(?:-FilePath[^\S\n]{1,20}|""[^\S\n]{1,20})?(?<mark>["']?)(?=https?:)(?<url>[^\s"']{1,8000})\k<mark>/gim;

const unopened = (text: string): string => text.replaceAll(OPENER, '$<url>');

const ADDRESS = /^\s*(?:location:\s*)?(?<url>https?:\/\/\S{1,8000})\s*$/i;

const fieldsOf = (url: string): URLSearchParams =>
  new URLSearchParams(url.replace(/^[^?#]*[?#]?/, '').replace('#', '&'));

const SIGN_OUT =
  /^[^?#]*\/(?:logout|endsession|end_session)\/?\?(?:\S*&)?(?:id_token_hint|(?:post_logout_)?redirect_uri|client_id|returnTo|logout_uri)=/i;

/** What an address by itself asks: for the sign-in page, to be signed out, or for tokens by what is in its query. */
const requestOf = (url: string): HttpRequest | undefined => {
  const fields = fieldsOf(url);
  if (fields.has('response_type') || SIGN_OUT.test(url))
    return { method: 'GET', url: addressOf(url).url, headers: [] };
  return fields.has('grant_type') && isTokenAddress(url)
    ? { method: 'POST', url: addressOf(url).url, headers: [] }
    : undefined;
};

/**
 * An address out of the browser's bar: the sign-in page that is asked for, or the page of the app to which the provider
 * has sent an error (RFC 6749 §4.1.2.1).
 */
export const addressExchange = (text: string): Exchange | undefined => {
  const url = ADDRESS.exec(unopened(text))?.groups?.['url'];
  if (url === undefined) return undefined;
  if (fieldsOf(url).has('error')) return { answer: { status: 302, headers: [['Location', url]], text: '' } };
  const request = requestOf(url);
  return request && { request };
};

/** Only a token endpoint says so: the address of the sign-in was told beside it. */
const OF_TOKENS = /invalid_client|invalid_grant|unsupported_grant_type|invalid_token|AADSTS70000/;

/** Whether an answer can be one to a request that is told by its address. */
export const fitsAddress = ({ method }: HttpRequest, answer: HttpAnswer | undefined): boolean =>
  method === 'POST' || !OF_TOKENS.test(answer?.text ?? '');

const IN_WORDS = /(?<![\w"'=(])`?(?<url>https?:\/\/[^\s`"'<>\\]{1,8000})/g;

const HEADER =
  /^[^\S\n]{0,20}(?<name>Authorization|Content-Type)[^\S\n]{0,5}:[^\S\n]{0,5}(?<value>\S.{0,8000})$/gim;

/** Those who tell of a request in words put its headers on lines of their own. */
const headersIn = (text: string): HttpRequest['headers'] =>
  [...text.matchAll(HEADER)].map(({ groups }) => [groups!['name']!, groups!['value']!.trim()]);

/** A request that is told by its address among other words, and the words without it. */
export const requestInWords = (
  written: string,
): { readonly request: HttpRequest; readonly rest: string } | undefined => {
  const text = unopened(written);
  for (const { groups, index, 0: address } of text.matchAll(IN_WORDS)) {
    const request = requestOf(groups!['url']!.replace(/[.,;:)]+$/, ''));
    const rest = `${text.slice(0, index)}\n${text.slice(index + address.length)}`;
    if (request?.method === 'POST') return { request: { ...request, headers: headersIn(rest) }, rest };
    if (request) return { request, rest };
  }
  return undefined;
};
