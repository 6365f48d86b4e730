import type { ServerFindings } from '../../../explain/failedGrant.ts';
import type { HttpRequest } from '../../curl/httpRequest.ts';
import { looksLikeToken } from '../../request/looksLikeToken.ts';
import type { Ask, Heard } from './createAsk.ts';
import { isReadableBy } from './grantAnswerOf.ts';

/** What a page may send unasked, and what only browsers set (Fetch §2.2.2). */
const UNASKED =
  /^(accept|accept-(charset|encoding|language)|cache-control|connection|content-(language|length)|cookie|dnt|host|origin|pragma|priority|proxy-.*|referer|sec-.*|te|upgrade-insecure-requests|user-agent)$/;

const SIMPLE_TYPE = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;

const needsAsking = ([name, value]: readonly [string, string]): boolean =>
  name === 'content-type' ? !SIMPLE_TYPE.test(value) : !UNASKED.test(name);

/** The headers for which a browser asks first, lower case. */
const askedHeaders = (sent: HttpRequest['headers']): readonly string[] => {
  const lower = sent
    .filter(([name]) => !looksLikeToken(name))
    .map(([name, value]) => [name.toLowerCase(), value] as const);
  return [...new Set(lower.filter(needsAsking).map(([name]) => name))].toSorted();
};

const listed = (value: string | null): readonly string[] =>
  (value ?? '').split(',').map((each) => each.trim().toLowerCase());

/** The wildcard does not stand for `Authorization` (Fetch §4.8). */
const isAllowed = (name: string, allowed: readonly string[]): boolean =>
  allowed.includes(name) || (allowed.includes('*') && name !== 'authorization');

const preflightFrom = ({ status, headers }: Heard, origin: string, asked: readonly string[]) => {
  const allowed = listed(headers.get('access-control-allow-headers'));
  return {
    status,
    allowsOrigin: status < 300 && isReadableBy(headers, origin),
    refusedHeaders: asked.filter((name) => !isAllowed(name, allowed)),
  };
};

/** Asks as a browser does before it lets a page of `origin` post something with these headers. */
export const askPreflight = async (
  ask: Ask,
  url: string,
  sent: HttpRequest['headers'],
  origin: string,
): Promise<ServerFindings['preflight']> => {
  // A browser sends no path; what is no origin is none.
  if (!URL.canParse(origin) && origin !== 'null') return undefined;
  const asked = askedHeaders(sent);
  const headers = {
    origin: URL.canParse(origin) ? new URL(origin).origin : origin,
    'access-control-request-method': 'POST',
    ...(asked.length > 0 && { 'access-control-request-headers': asked.join(',') }),
  };
  const { heard } = await ask({ what: 'preflight', url, init: { method: 'OPTIONS', headers } });
  return heard && preflightFrom(heard, origin, asked);
};
