import type { AnswerPattern } from './answerPattern.ts';
import type { Facts } from './facts.ts';
import type { GrantAnswer, NoAnswer } from './failedGrant.ts';
import { mayBe } from './providerOf.ts';

/** How an answer fits a pattern. */
export interface AnswerMatch {
  /** How much of the answer the pattern names: words beat codes, longer words beat shorter ones. */
  readonly weight: number;
  /** What was seen, as a sentence. */
  readonly says: string;
  /** The words came with a code, or are those of a provider that is known: nobody else says the same of something else. */
  readonly isSpecific: boolean;
  /** It is a whole sentence of a server, which points to its cause without the request, too. */
  readonly isTelling?: boolean;
}

const WORDS = 1000;
const HINT = 100;
const CODE = 1;

/** Whether words of the server were recognised, not only a code. */
export const isByWords = ({ weight }: AnswerMatch): boolean => weight >= WORDS;

/** Whether the server's sentence is not known, but speaks of it. */
export const isByHint = ({ weight }: AnswerMatch): boolean => weight >= HINT && weight < WORDS;

/** What points to a cause beside a fault in plain sight: a hint no more than the code. */
export const weightBesideProof = ({ weight }: AnswerMatch): number =>
  weight >= HINT && weight < WORDS ? CODE : weight;

const reasons: { readonly [reason in NoAnswer]: string } = {
  hidden: 'The page saw a network error, which hides why.',
  timed_out: 'No answer came in time.',
  name_unknown: 'The name of the host is unknown.',
  connection_refused: 'The connection was refused.',
  connection_lost: 'The connection broke off.',
  certificate_refused: 'The certificate of the server was refused.',
  redirected_too_often: 'The address redirects without end.',
};

const isSame = (text: string | undefined, expected: string): boolean =>
  text?.toLowerCase() === expected.toLowerCase();

/** Where the words stand; a number does not stand in a longer one. */
const placeIn = (text = '', words: string): number => {
  const place = text.toLowerCase().indexOf(words.toLowerCase());
  return /\d$/.test(words) && /\d/.test(text[place + words.length] ?? '') ? -1 : place;
};

/** A status that was not told is whatever the error comes with. */
const fitsStatus = (
  { status, isStatusUnknown = false }: GrantAnswer,
  { status: expected, error, words, within }: AnswerPattern,
): boolean => {
  if (isStatusUnknown) return typeof error === 'string' || words !== undefined || within !== undefined;
  return expected === undefined || [expected].flat().includes(status);
};

const fitsError = (error: string | undefined, expected: AnswerPattern['error']): boolean => {
  if (expected === undefined) return true;
  return expected === null ? !error : isSame(error, expected);
};

const fitsTrait = <T>(seen: T | undefined, expected: T | undefined): boolean =>
  expected === undefined || seen === expected;

const fitsProvider = (known: Facts['provider'], { provider, isCommonplace }: AnswerPattern): boolean => {
  if (provider === undefined || known === provider) return true;
  return !isCommonplace && mayBe(provider, known);
};

const fitsGrant = (asked: string | undefined, { grants }: AnswerPattern): boolean =>
  grants === undefined || asked === undefined || grants.includes(asked);

const fitsTraits = (answer: GrantAnswer, pattern: AnswerPattern): boolean =>
  fitsTrait(answer.challenge, pattern.challenge) &&
  fitsTrait(answer.contentType, pattern.contentType) &&
  fitsTrait(answer.isMalformed, pattern.isMalformed) &&
  fitsTrait(answer.isInactive, pattern.isInactive) &&
  fitsTrait(answer.isReadable, pattern.isReadable);

/** What only those say who issue tokens (RFC 6749 §5.2, RFC 8628 §3.5, RFC 9449 §5, OpenID Connect Core §3.1.2.6). */
const OF_ISSUER =
  /^(invalid_(client|grant|request|scope|target|dpop_proof|id_token|user_info_response|token_response|redirect_uri)|unauthorized_client|unsupported_(grant|response|token)_type|access_denied|authorization_\w+|expired_token|slow_down|bad_verification_code|server_error|temporarily_unavailable|\w+_required|login_failed)$/i;

const fits = (answer: GrantAnswer, pattern: AnswerPattern): boolean =>
  !(pattern.isOfResource && OF_ISSUER.test(answer.error ?? '')) &&
  (answer.isErrorUnknown ? pattern.error !== null : fitsError(answer.error, pattern.error)) &&
  fitsStatus(answer, pattern) &&
  fitsTraits(answer, pattern);

/** Of the server's words only those are quoted that the table knows. */
const sayingOf = (answer: GrantAnswer, { error, isReadable }: AnswerPattern, words?: string): string => {
  const status = answer.isStatusUnknown ? undefined : answer.status;
  const said = [status, answer.isErrorUnknown ? undefined : error, words && `"${words}"`]
    .filter(Boolean)
    .join(' ');
  return `The answer was ${said}${isReadable === false ? ', which the page may not read' : ''}.`;
};

/** Where a sentence stands in place of a code, it is taken for words. */
const weightOf = ({ error, isHint }: AnswerPattern, words = ''): number => {
  // A phrase says more than the name of a field.
  if (isHint) return /\s\S+\s/.test(words) ? HINT + 1 : HINT;
  const sentence = words || (error?.includes(' ') ? error : '');
  if (sentence) return WORDS + sentence.length;
  return error ? CODE : 0;
};

/**
 * Shorter words, and those about access tokens, are said by people as well, but less so beside a code. Those of a server that
 * has a code of its own for them are known well.
 */
const isTelling = (
  { error: code, isHint, isCommonplace, isOfResource, isTelling: isMarked }: AnswerPattern,
  { error }: GrantAnswer,
  words = '',
): boolean => {
  if (isHint || isCommonplace) return false;
  const least = error ? 15 : 22;
  return isMarked ?? (isOfResource ? error === 'invalid_token' : Boolean(code) || words.length >= least);
};

const isOnlyStatus = ({ isErrorUnknown, errorDescription }: GrantAnswer): boolean =>
  isErrorUnknown === true && errorDescription === undefined;

/** With which status a code comes (RFC 6749 §5.2, RFC 6750 §3.1; Keycloak's `unauthorized_client`). */
const statusesOf: Readonly<Record<string, readonly number[]>> = {
  invalid_client: [400, 401],
  unauthorized_client: [400, 401],
  invalid_grant: [400],
  invalid_request: [400],
  invalid_scope: [400],
  unsupported_grant_type: [400],
  invalid_token: [401],
  access_denied: [403],
  insufficient_scope: [403],
};

/** Where only a status was told, it is the one of a pattern, or nothing fits; words that nobody told point least. */
const matchOfStatus = (answer: GrantAnswer, pattern: AnswerPattern): AnswerMatch | undefined => {
  const { status = statusesOf[pattern.error ?? ''] ?? [], words, within } = pattern;
  if (![status].flat().includes(answer.status)) return undefined;
  return { weight: words || within ? -1 : 0, says: sayingOf(answer, pattern), isSpecific: false };
};

/** What RFC 6749 says of a code (§4.1.2.1, §5.2), which many put before or in place of what they mean. */
const OF_CODE =
  /the provided authorization grant[^.]{0,200}issued to another client|client authentication failed \(e\.g\.[^)]{0,200}\)|client authentication failed due to unknown client[^.]{0,200}|the request is missing a required parameter[^.]{0,200}malformed/gi;

/** A hint counts in what the server says of its own. */
const sentenceFor = ({ isHint }: AnswerPattern, sentence = ''): string =>
  isHint ? sentence.replaceAll(OF_CODE, '') : sentence;

/** Those of the words that were said. */
const saidOf = ({ words = [], within = [] }: AnswerPattern, sentence: string | undefined) => [
  ...words.filter((beginning) => placeIn(sentence, beginning) === 0),
  ...within.filter((part) => placeIn(sentence, part) >= 0),
];

const longest = (words: readonly string[]): string | undefined =>
  words.toSorted((one, other) => other.length - one.length)[0];

const isSpecific = (
  { error, provider: owner }: AnswerPattern,
  { isErrorUnknown }: GrantAnswer,
  provider: Facts['provider'],
): boolean => (typeof error === 'string' && !isErrorUnknown) || (owner !== undefined && owner === provider);

const matchOf = (
  answer: GrantAnswer,
  pattern: AnswerPattern,
  provider: Facts['provider'],
): AnswerMatch | undefined => {
  if (pattern.noAnswer || !fits(answer, pattern)) return undefined;
  if (isOnlyStatus(answer)) return matchOfStatus(answer, pattern);
  const isAny = !pattern.words && !pattern.within;
  // Words were told, but not the code: one that was perhaps not said points to nothing.
  if ((isAny || pattern.isHint) && answer.isErrorUnknown && pattern.error) return undefined;
  const words = longest(saidOf(pattern, sentenceFor(pattern, answer.errorDescription)));
  if (!isAny && words === undefined) return undefined;
  return {
    weight: weightOf(pattern, words),
    says: sayingOf(answer, pattern, words),
    isSpecific: isSpecific(pattern, answer, provider),
    isTelling: isTelling(pattern, answer, words),
  };
};

/** Where nothing was answered, the program that asked says why, in words of its own. */
const matchOfSilence = (
  noAnswer: NoAnswer,
  complaint: string | undefined,
  pattern: AnswerPattern,
): AnswerMatch | undefined => {
  if (pattern.noAnswer !== noAnswer) return undefined;
  if (!pattern.within) return { weight: CODE, says: reasons[noAnswer], isSpecific: false };
  const words = longest(saidOf(pattern, complaint));
  if (words === undefined) return undefined;
  return { weight: HINT, says: `The program said "${words}".`, isSpecific: false };
};

const best = (matches: readonly (AnswerMatch | undefined)[]): AnswerMatch | undefined =>
  matches.filter((match) => match !== undefined).toSorted((one, other) => other.weight - one.weight)[0];

const ofProbe = (says: string): string => says.replace(/^The answer was/, 'With a junk token the answer was');

/** The best fit of what was answered, or of why nothing was. */
export const matchAnswer = (
  { answer, isOfProbe, noAnswer, complaint, provider, grantType }: Facts,
  patterns: readonly AnswerPattern[],
): AnswerMatch | undefined => {
  if (noAnswer) return best(patterns.map((pattern) => matchOfSilence(noAnswer, complaint, pattern)));
  if (!answer) return undefined;
  const found = best(
    patterns
      .filter((pattern) => fitsProvider(provider, pattern) && fitsGrant(grantType, pattern))
      .map((pattern) => matchOf(answer, pattern, provider)),
  );
  return found && isOfProbe ? { ...found, says: ofProbe(found.says) } : found;
};
