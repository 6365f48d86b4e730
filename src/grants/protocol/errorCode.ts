import type { SessionErrorCode } from '../../errors/sessionError.ts';
import type { Thrown } from './errorAnswer.ts';

type Rules = readonly (readonly [pattern: RegExp, code: SessionErrorCode])[];

const firstOf = (rules: Rules, word: unknown): SessionErrorCode | undefined =>
  rules.find(([pattern]) => pattern.test(String(word)))?.[1];

/** By the `error` of an answer that came through the browser (OpenID Connect Core §3.1.2.6). */
const byRedirect: Rules = [
  [/^(login|interaction|consent|account_selection)_required$/, 'interaction_required'],
  [/^(server_error|temporarily_unavailable)$/, 'provider_unavailable'],
];

/** By the codes and fixed wordings of `oauth4webapi`, which has one code for a malformed ID token and a malformed answer. */
const byLibrary: Rules = [
  [/^OAUTH_JWT_|\b(JWT|JWE|ID Token)\b/, 'id_token_invalid'],
  [/_FORBIDDEN |_METADATA |_ATTRIBUTE_|^ERR_INVALID_ARG/, 'option_invalid'],
];

/** From the status and the `error` of an answer alone, never from a description's wording. */
export const codeOfAnswer = (
  status: number,
  error: string | undefined,
  refused: SessionErrorCode,
): SessionErrorCode => {
  if (status >= 500 || [408, 425, 429].includes(status)) return 'provider_unavailable';
  if (status < 400) return 'response_invalid';
  return error === 'invalid_grant' ? refused : 'client_refused';
};

/** Whether `oauth4webapi` threw this. Its messages are fixed texts. */
export const isOfLibrary = ({ code }: Thrown): boolean => /^(OAUTH|ERR_INVALID_ARG)_/.test(String(code));

/** Where there is no answer of the provider to blame. `isNative`: whether an error of the platform lies beneath. */
export const codeWithoutAnswer = (thrown: Thrown, isNative: boolean): SessionErrorCode => {
  const { code, message, error } = thrown;
  if (!isOfLibrary(thrown)) return 'network_failed';
  if (code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR') return firstOf(byRedirect, error) ?? 'sign_in_refused';
  // A connection that breaks within the body is reported as a body that cannot be parsed.
  const otherwise = isNative ? 'network_failed' : 'response_invalid';
  return firstOf(byLibrary, `${String(code)} ${String(message)}`) ?? otherwise;
};
