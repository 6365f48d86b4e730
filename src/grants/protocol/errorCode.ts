import type { SessionErrorCode } from '../../errors/sessionError.ts';
import type { Thrown } from './errorAnswer.ts';

/** What a grant makes of an OAuth `error`. */
export interface ErrorMeaning {
  /** OAuth `grant_type` of the request. */
  readonly grantType?: string | undefined;
  /** What `invalid_grant` means. @default 'grant_refused' */
  readonly refused?: SessionErrorCode | undefined;
  /** A renewal that named no scope: `invalid_scope` then says that the user's consent is gone (Keycloak). @default false */
  readonly isUnscoped?: boolean | undefined;
}

/** The code of an OAuth error without its status, as a function of the app's own or a 200 can bring it. */
export const ERROR_IN_ANSWER = 'OAUTH_ERROR_IN_ANSWER';

const NEEDS_USER = /^(login|interaction|consent|account_selection|mfa)_required$/;
const IS_DOWN = /^(server_error|temporarily_unavailable)$/;

/** By the codes and fixed wordings of `oauth4webapi`, which has one code for a malformed ID token and a malformed answer. */
const byLibrary: readonly (readonly [pattern: RegExp, code: SessionErrorCode])[] = [
  [/^OAUTH_JWT_|\b(JWT|JWE|ID Token)\b/, 'id_token_invalid'],
  [/_FORBIDDEN |_METADATA |_ATTRIBUTE_|^ERR_INVALID_ARG/, 'option_invalid'],
];

const codeOfError = (error: unknown, otherwise: SessionErrorCode): SessionErrorCode => {
  if (NEEDS_USER.test(String(error))) return 'interaction_required';
  return IS_DOWN.test(String(error)) ? 'provider_unavailable' : otherwise;
};

/** From the status and the `error` of an answer alone, never from a description's wording. */
export const codeOfAnswer = (
  status: number,
  error: unknown,
  { refused = 'grant_refused', isUnscoped = false }: ErrorMeaning,
): SessionErrorCode => {
  if (status >= 500 || [408, 425, 429].includes(status)) return 'provider_unavailable';
  if (status < 400) return 'response_invalid';
  if (error === 'invalid_grant') return refused;
  if (error === 'invalid_scope' && isUnscoped) return 'interaction_required';
  return codeOfError(error, 'client_refused');
};

/** Whether `oauth4webapi` threw this. Its messages are fixed texts. */
export const isOfLibrary = ({ code }: Thrown): boolean => /^(OAUTH|ERR_INVALID_ARG)_/.test(String(code));

/** Where there is no response of the provider to blame. `isNative`: whether an error of the platform lies beneath. */
export const codeWithoutAnswer = (
  thrown: Thrown,
  isNative: boolean,
  meaning: ErrorMeaning,
): SessionErrorCode => {
  const { code, message, error } = thrown;
  if (code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR') return codeOfError(error, 'sign_in_refused');
  if (code === ERROR_IN_ANSWER) return codeOfAnswer(400, error, meaning);
  if (!isOfLibrary(thrown)) return 'network_failed';
  const known = byLibrary.find(([pattern]) => pattern.test(`${String(code)} ${String(message)}`));
  // A connection that breaks within the body is reported as a body that cannot be parsed.
  return known?.[1] ?? (isNative ? 'network_failed' : 'response_invalid');
};
