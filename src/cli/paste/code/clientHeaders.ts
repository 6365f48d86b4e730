import type { RequestParts } from '../requestFromParts.ts';
import type { Pair, PairGroup } from './clientPairs.ts';
import type { ClientTokens } from './clientTokens.ts';
import type { ClientValues } from './clientValues.ts';

/** The tokens of one request among those of a program. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const NAMES = String.raw`content-type|authorization|accept|accept-[a-z]+|cache-control|user-agent|cookie|origin|dpop|x-[\w-]+`;
const HEADER = new RegExp(`^(?:${NAMES})$`, 'i');
const WRITTEN = new RegExp(String.raw`^(${NAMES})\s*:\s*(\S.*)`, 'i');
const BASIC_CALL =
  /(?:^|\.)(?:(?:set_?|with_?)?basic_?auth\w*|HttpBasicAuthenticator|BasicAuthenticationHeaderValue)$/i;
const MEDIA = /^(?:application|text|multipart)\/[\w.+-]+(?:;.*)?$/;

export const isHeader = ({ name, context }: Pair, group: PairGroup): boolean =>
  HEADER.test(name) ||
  (/header|RequestProperty/i.test(`${group.variable} ${context.slice(-60)}`) && !/basic/i.test(context));

/** `AuthenticationHeaderValue("Basic", …)` */
const ofScheme = ({ name, context }: Pair): boolean =>
  /^(?:Basic|Bearer)$/.test(name) && context.trim().endsWith('AuthenticationHeaderValue');

/** Headers, who asks, and what the body is said to be. */
export const clientHeaders = (
  code: ClientTokens,
  { read, argumentsIn, startOf }: ClientValues,
  groups: readonly PairGroup[],
  { from, to }: Range,
): Pick<RequestParts, 'headers' | 'user' | 'contentType'> => {
  const { tokens, written, isWord, chainAt } = code;
  const headers: (readonly [string, string])[] = [];
  let user: readonly [string, string] | undefined;
  let contentType: string | undefined;

  const setUser = ([name, password]: readonly string[]): void => {
    if (name !== undefined && password !== undefined) user = [name, password];
  };

  const ofPair = (pair: Pair, group: PairGroup): void => {
    const { name, valueAt } = pair;
    if (/^(?:basic_)?auth$/.test(name)) setUser(argumentsIn(valueAt, 2));
    else if (name === 'CURLOPT_USERPWD') setUser(/^([^:]*):([^]*)$/.exec(read(valueAt).text)?.slice(1) ?? []);
    else if (ofScheme(pair)) headers.push(['Authorization', `${name} ${read(valueAt).text}`]);
    else if (isHeader(pair, group)) headers.push([name, read(valueAt).text]);
  };

  for (const group of groups)
    for (const pair of group.pairs)
      if ((pair.at >= from || pair.context.includes('.DefaultRequestHeaders')) && pair.at <= to)
        ofPair(pair, group);

  const isAccept = (at: number): boolean => {
    for (let before = at - 1; before > at - 7; before--)
      if (/accept/i.test(tokens[before]?.written ?? '')) return true;
    return false;
  };

  const ofText = (at: number): void => {
    const own = tokens[at]?.parts?.[0];
    if (typeof own !== 'string') return;
    if (MEDIA.test(own)) contentType ??= isAccept(at) ? undefined : own;
    if (!WRITTEN.test(own) || startOf(at) !== at) return;
    for (const line of read(at).text.split(/[\r\n]+/)) {
      const [, name, value] = WRITTEN.exec(line) ?? [];
      if (name && value) headers.push([name, value]);
    }
  };

  const ofWord = (at: number): void => {
    const { name, end } = chainAt(at);
    const isSaid = written(at - 1) === ':' && name === 'basic' && written(end) === ',';
    if (written(end) === '(' && BASIC_CALL.test(name)) setUser(argumentsIn(end, 2));
    else if (isSaid || (tokens[end]?.kind === 'text' && BASIC_CALL.test(name))) {
      const first = read(isSaid ? end + 1 : end);
      setUser([first.text, read(first.end + 1).text]);
    } else if (/(?:^|\.)(?:APPLICATION|MULTIPART)_/.test(name) && !isAccept(at))
      contentType ??= read(at).text;
  };

  for (let at = from; at <= to; at++) {
    if (isWord(at) && !code.isDot(at - 1)) ofWord(at);
    else if (isWord(at) && BASIC_CALL.test(written(at)) && written(at + 1) === '(')
      setUser(argumentsIn(at + 1, 2));
    else if (tokens[at]?.kind === 'text') ofText(at);
  }
  return { headers, user, contentType };
};
