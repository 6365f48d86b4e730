import { isHeader } from './clientHeaders.ts';
import type { PairGroup } from './clientPairs.ts';
import type { ClientTokens } from './clientTokens.ts';
import type { ClientValues } from './clientValues.ts';

/** What may be the body of a request, with where its first and its last piece are. */
export interface FoundBody {
  readonly first: number;
  readonly last: number;
  readonly names: readonly string[];
  /** Absent: it is `group`. */
  readonly text?: string | undefined;
  readonly group?: PairGroup | undefined;
}

const OF_ANSWER = /^(?:error|error_description|expires_in|token_type|active)$/;
const FORM = /^[?&]?[\w.-]{1,40}=/;
const OF_REQUEST =
  /^(?:grant_type|client_id|client_secret|client_assertion|refresh_token|code|code_verifier|device_code|token|assertion|subject_token|username|password|scope|redirect_uri)$/;

export const namesGrantField = ({ names }: FoundBody): boolean =>
  names.some((name) => /^grant_?type$/i.test(name));

const ofGroup = (group: PairGroup): readonly FoundBody[] => {
  const pairs = group.pairs.filter((pair) => !isHeader(pair, group));
  const names = pairs.map(({ name }) => name);
  const first = pairs[0];
  if (!first || names.some((name) => OF_ANSWER.test(name))) return [];
  const body = { first: first.at, last: pairs.at(-1)!.at, names, group };
  // An object that no call takes is more likely what came back.
  const isTaken = group.variable !== undefined || group.context.trim() !== '';
  return isTaken || namesGrantField(body) ? [body] : [];
};

/** The strings that are a form, each with those that go on with `&`. */
const ofTexts = ({ tokens }: ClientTokens, { read, startOf, hole }: ClientValues): readonly FoundBody[] => {
  const found: { first: number; last: number; text: string }[] = [];
  let behind = 0;
  for (let at = 0; at < tokens.length; at++) {
    const [own] = tokens[at]?.parts ?? [];
    if (at < behind || typeof own !== 'string' || !FORM.test(own)) continue;
    const { text, end } = read(startOf(at));
    behind = end;
    const before = found.at(-1);
    if (before && text.startsWith('&')) {
      before.text += (before.text.endsWith('=') ? hole() : '') + text;
      before.last = at;
    } else found.push({ first: at, last: at, text });
  }
  return found.map(({ first, last, text }) => ({
    first,
    last,
    text,
    names: [...new URLSearchParams(text.replace(/^[?&]/, ''))].map(([name]) => name),
  }));
};

const worthOf = (body: FoundBody): number =>
  new Set(body.names.filter((name) => OF_REQUEST.test(name))).size + (namesGrantField(body) ? 5 : 0);

/** Others have users and passwords as well. */
const isOfOAuth = (body: FoundBody): boolean =>
  namesGrantField(body) ||
  body.names.some((name) => OF_REQUEST.test(name) && !/^(?:username|password|scope|code)$/.test(name));

/** The one that most looks like the body of a token request, if one does. */
export const clientBody = (
  code: ClientTokens,
  values: ClientValues,
  groups: readonly PairGroup[],
): FoundBody | undefined =>
  [...groups.flatMap(ofGroup), ...ofTexts(code, values)]
    .filter(isOfOAuth)
    .reduce<FoundBody | undefined>(
      (best, body) => (best && worthOf(best) >= worthOf(body) ? best : body),
      undefined,
    );
