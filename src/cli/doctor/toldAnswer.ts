import type { GrantAnswer } from '../../explain/failedGrant.ts';
import { looseObject } from '../paste/answer/looseObject.ts';
import { sentenceIn } from '../paste/answer/sentenceIn.ts';
import { toldIn } from '../paste/answerAlone.ts';
import type { HttpAnswer } from '../paste/exchange.ts';
import type { Silence } from '../paste/silence.ts';
import type { DoctorOptions } from './doctorOptions.ts';
import { grantAnswerOf } from './network/grantAnswerOf.ts';
import { saidIn, type Words } from './network/saidIn.ts';
import { tidied } from './tidy.ts';

/** With what an error usually comes (RFC 6749 §5.2, RFC 6750 §3.1). */
const usual: Readonly<Record<string, number>> = {
  invalid_client: 401,
  invalid_token: 401,
  unauthorized: 401,
  insufficient_scope: 403,
  server_error: 500,
};

const usualStatus = (error: string | undefined): number => usual[error?.toLowerCase() ?? ''] ?? 400;

/** What is no header is in none. */
const headersOf = (pairs: HttpAnswer['headers']): Headers => {
  const headers = new Headers();
  for (const [name, value] of pairs) {
    try {
      headers.append(name, value);
    } catch {
      continue;
    }
  }
  return headers;
};

/** An answer of which only the head was copied said perhaps more. */
const isSilent = ({ text }: HttpAnswer, headers: Headers): boolean =>
  text.trim() === '' && headers.get('content-length') !== '0' && !headers.has('location');

/** What a page says, if a server is known to say it. */
const wordsOfPage = (text: string): string | undefined =>
  /^\s*<(?:!doctype|html|head|body)\b/i.test(text)
    ? tidied(sentenceIn(text.replaceAll(/<[^<>]{0,2000}>/g, '\n')), 300)
    : undefined;

/** What was pasted, as an answer that was heard. */
const answerOfPaste = (
  answer: HttpAnswer,
  url: string | undefined,
  origin: string | undefined,
): GrantAnswer => {
  const headers = headersOf(answer.headers);
  const object = looseObject(answer.text);
  const isCut = object === undefined && /^\s*[{[]/.test(answer.text);
  const isUntold = isSilent(answer, headers) || isCut || answer.isRetold === true;
  const { status: said } = Object(object) as { status?: unknown };
  const status = answer.status ?? (typeof said === 'number' && said >= 100 && said < 600 ? said : undefined);
  const parts = { url: url ?? '', status: status ?? 0, headers, text: answer.text, object };
  const heard = grantAnswerOf(parts, answer.headers.length > 0 ? origin : undefined);
  // RFC 7662 §2.2: it comes as a success, whatever the token is.
  if (heard.isInactive) return { ...heard, status: status ?? 200, isMalformed: undefined };
  return {
    ...heard,
    errorDescription: heard.errorDescription ?? wordsOfPage(answer.text),
    status: status ?? usualStatus(heard.error),
    isMalformed: isUntold ? undefined : heard.isMalformed,
    ...(status === undefined && { isStatusUnknown: true }),
    ...(isUntold && heard.error === undefined && { isErrorUnknown: true }),
  };
};

/** `--error` takes what people have: the code, the whole JSON, a line of a log. */
const wordsIn = (said: string): Words & { readonly status?: number | undefined } => {
  const object = looseObject(said);
  if (object) return saidIn(object);
  const [, error, description] = /^\s*([a-z]+(?:_[a-z]+)+)\s*[:,-]\s+(\S[^]*)$/.exec(said) ?? [];
  if (error !== undefined) return { error, description };
  const { answer } = toldIn(said);
  const words = { status: answer?.status, ...saidIn(looseObject(answer?.text ?? '')) };
  const isAny = [words.status, words.error, words.description].some((each) => each !== undefined);
  return isAny ? words : { error: said.trim() };
};

/** That no answer came can be told in place of an error, too. */
export const silenceTold = ({ status, error }: DoctorOptions): Silence | undefined =>
  status === undefined && error !== undefined ? toldIn(error).silence : undefined;

/** What the user heard from the server, told by options. */
const answerOfOptions = (options: DoctorOptions): GrantAnswer | undefined => {
  const { status, errorDescription } = options;
  const error = silenceTold(options) ? undefined : options.error;
  if (status === undefined && error === undefined && errorDescription === undefined) return undefined;
  const said = error === undefined ? {} : wordsIn(error);
  const known = status ?? said.status;
  return {
    status: known ?? usualStatus(said.error),
    error: tidied(said.error),
    errorDescription: tidied(errorDescription ?? said.description, 300),
    ...(known === undefined && { isStatusUnknown: true }),
    ...(said.error === undefined && { isErrorUnknown: true }),
  };
};

/** What was answered, as it was told: by options, which count, and by what was pasted. */
export const toldAnswer = (
  options: DoctorOptions,
  answer: HttpAnswer | undefined,
  url: string | undefined,
): GrantAnswer | undefined => {
  const told = answerOfOptions(options);
  const pasted = answer && answerOfPaste(answer, url, options.origin);
  if (!told || !pasted) return told ?? pasted;
  const { isErrorUnknown = false, isStatusUnknown = false } = told;
  return {
    ...pasted,
    ...(!isStatusUnknown && { status: told.status, isStatusUnknown: undefined }),
    ...(!isErrorUnknown && { error: told.error, isErrorUnknown: undefined }),
    errorDescription: told.errorDescription ?? pasted.errorDescription,
  };
};
