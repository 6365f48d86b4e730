import type { FindRequests } from '../formReader.ts';
import { rawBody, requestFromParts, type RequestParts } from '../requestFromParts.ts';
import { clientBody, type FoundBody, namesGrantField } from './clientBodies.ts';
import { bodyOfPairs, typeOfText } from './clientBody.ts';
import { clientHeaders, isHeader, type Range } from './clientHeaders.ts';
import { type ClientLanguage, clientLanguages, isKotlin, kotlinRules } from './clientLanguages.ts';
import { clientPairs } from './clientPairs.ts';
import { type ClientTokens, clientTokens } from './clientTokens.ts';
import { clientValues, type ClientValues } from './clientValues.ts';
import { tokensOf } from './token.ts';

const ENDPOINT =
  /\/(?:token(?:\.oauth2)?|introspect(?:ion)?|revoke|revocation|logout|auth\/device|device\w*|user_?info)\/?(?:[?#].*)?$/i;
const ABSOLUTE = /^(?:https?:\/\/[^\s/]|\$\{[^}]*\}\/)/i;

const SEND =
  /^(?:Post\w*|Send\w*|Execute\w*|Do|send|sendAsync|execute|exchange|retrieve|newCall|postFor\w+|getInputStream|getResponseCode|curl_exec|file_get_contents|request|post_form|submitForm)$/;

interface Found {
  readonly at: number;
  readonly url: string;
}

const BASE =
  /(?:BaseAddress|base_?ur[il]|WebClient\.create|RestClient(?:Options)?\(|Faraday\.new)[^\n]{0,40}?["'](?<base>https?:\/\/[^"'\s]{1,500})["']/i;

/** A path where the client has the rest of the address. */
const withBase = (path: string, text: string, language: ClientLanguage['name']): string | undefined => {
  const base = BASE.exec(text)?.groups?.['base'];
  if (base === undefined || !URL.canParse(base)) return undefined;
  return /C#|PHP/.test(language)
    ? new URL(path, base).href
    : `${base.replace(/\/$/, '')}/${path.replace(/^\//, '')}`;
};

const addressesIn = (
  { tokens }: ClientTokens,
  { read, startOf }: ClientValues,
  complete: (path: string) => string | undefined,
): readonly Found[] =>
  tokens.flatMap(({ parts = [] }, at) => {
    const isAddress = parts.some(
      (part) => typeof part === 'string' && (/^https?:\/\//.test(part) || ENDPOINT.test(part)),
    );
    if (!isAddress) return [];
    const { text } = read(startOf(at));
    const url = ABSOLUTE.test(text) ? text : /^[\w/.-]+$/.test(text) ? complete(text) : undefined;
    return url === undefined ? [] : [{ at, url }];
  });

/** The address of an endpoint that is nearest to the body; with a grant, that of tokens. */
const nearest = (addresses: readonly Found[], body: FoundBody): Found | undefined => {
  const rank = ({ url }: Found): number => {
    if (namesGrantField(body) && /\/token(?:\.oauth2)?\/?(?:[?#].*)?$/i.test(url)) return 0;
    return ENDPOINT.test(url) ? 1 : 2;
  };
  const [first] = addresses.toSorted(
    (one, other) =>
      rank(one) - rank(other) || Math.abs(one.at - body.first) - Math.abs(other.at - body.first),
  );
  return first && (rank(first) < 2 || namesGrantField(body)) ? first : undefined;
};

/** From behind the call that sent the request before to the end of the one that sends this, where one is to be seen. */
const rangeOf = (
  code: ClientTokens,
  { first, last }: FoundBody,
  language: ClientLanguage['name'],
): Range & { readonly isSent: boolean } => {
  const { tokens, written, isWord, partner } = code;
  let from = 0;
  for (let at = 0; at < tokens.length; at++) {
    const isSend = SEND.test(written(at)) || (written(at) === 'post' && /PHP|Ruby/.test(language));
    const close = isSend && isWord(at) && written(at + 1) === '(' ? partner(at + 1) : undefined;
    if (close !== undefined && close > last) return { from, to: close, isSent: true };
    if (close !== undefined && close < first) from = Math.max(from, close);
  }
  return { from, to: tokens.length - 1, isSent: false };
};

const METHOD =
  /\b(?:HttpMethod|Method)\.(\w+)|NewRequest(?:WithContext)?\([^"\n]{0,40}"(\w+)"|(?:CUSTOMREQUEST|setRequestMethod|\.method|->request|'method')\W{0,6}["'](\w+)["']/g;

const methodIn = (text: string): string => {
  const named = [...text.matchAll(METHOD)]
    .map((match) =>
      match
        .slice(1)
        .find((each) => each !== undefined)!
        .toUpperCase(),
    )
    .filter((each) => /^(?:GET|POST|PUT|PATCH|DELETE)$/.test(each));
  return named.length === 0 || named.includes('POST') ? 'POST' : named[0]!;
};

const bodyParts = (
  { text, group, names }: FoundBody,
  { read }: ClientValues,
  { code, behind, language }: { code: string; behind: string; language: ClientLanguage['name'] },
): Pick<RequestParts, 'body' | 'query' | 'contentType'> | undefined => {
  if (!group) return { body: rawBody(text ?? ''), contentType: typeOfText(code, language) };
  const pairs = group.pairs.filter((pair) => !isHeader(pair, group) && names.includes(pair.name));
  const fields = pairs.map(({ name, valueAt }) => [name, read(valueAt).text] as const);
  return bodyOfPairs(fields, group, code, behind, language);
};

/** Somebody says who asks, in a way that is not read. */
const isMore = (text: string): boolean =>
  /[aA]uthorization\b|[bB]asic_?[aA]uth|\w[cC]redentials\(/.test(text);

/** Behind this an answer begins. */
const withoutAnswer = (text: string): string => {
  const at = text.search(/^[^\S\n]*(?:< )?HTTP\/\d/m);
  return at === -1 ? text : text.slice(0, at);
};

const rulesOf = ({ name, rules }: ClientLanguage, text: string): ClientLanguage['rules'] =>
  name === 'Java or Kotlin' && isKotlin(text) ? kotlinRules : rules;

/**
 * A token request in C#, Java, Kotlin, Go, PHP or Ruby: the address, the pairs and the strings that are there, whatever
 * the program does with them otherwise. What is missing of these makes it none.
 */
export const clientRequests: FindRequests = (text) => {
  const language = clientLanguages.find(({ looks }) => looks.test(text));
  if (!language) return [];
  const { name } = language;
  const code = clientTokens(tokensOf(withoutAnswer(text), rulesOf(language, text)), name === 'PHP');
  const values = clientValues(code);
  const groups = clientPairs(code, name, values.assign);
  const body = clientBody(code, values, groups);
  const address =
    body &&
    nearest(
      addressesIn(code, values, (path) => withBase(path, text, name)),
      body,
    );
  if (!body || !address) return [];
  const range = rangeOf(code, body, name);
  const end = code.tokens[range.isSent ? range.to : Math.max(address.at, body.last)]!.end;
  const place = { start: code.tokens[Math.min(address.at, body.first)]!.start, end };
  const written = text.slice(code.tokens[range.from]!.start, code.tokens[range.to]!.end);
  const behind = body.group ? text.slice(code.tokens[body.group.end]?.start) : '';
  const parts = bodyParts(body, values, { code: written, behind: behind.slice(0, 20), language: name });
  if (!parts) return [];
  const { headers, user, contentType } = clientHeaders(code, values, groups, range);
  const isTyped = parts.body?.kind !== 'multipart' && contentType !== undefined;
  const request = requestFromParts({
    method: methodIn(written),
    url: address.url,
    headers,
    user,
    ...parts,
    ...(isTyped && { contentType }),
    filledIn: [...values.filledIn],
    isSketch:
      isMore(written) && user === undefined && !headers?.some(([each]) => /^authorization$/i.test(each)),
  });
  return [{ ...place, request }];
};
