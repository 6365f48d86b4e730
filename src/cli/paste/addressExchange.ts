import { addressOf } from '../curl/address.ts';
import type { Exchange } from './exchange.ts';

const ADDRESS = /^\s*(?:location:\s*)?(?<url>https?:\/\/\S{1,8000})\s*$/i;

const fieldsOf = (url: string): URLSearchParams =>
  new URLSearchParams(url.replace(/^[^?#]*[?#]?/, '').replace('#', '&'));

/**
 * An address out of the browser's bar: the sign-in page that is asked for, or the page of the app to which the provider
 * has sent an error (RFC 6749 §4.1.2.1).
 */
export const addressExchange = (text: string): Exchange | undefined => {
  const url = ADDRESS.exec(text)?.groups?.['url'];
  if (url === undefined) return undefined;
  const fields = fieldsOf(url);
  if (fields.has('error')) return { answer: { status: 302, headers: [['Location', url]], text: '' } };
  if (!fields.has('response_type')) return undefined;
  return { request: { method: 'GET', url: addressOf(url).url, headers: [] } };
};
