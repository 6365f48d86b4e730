import { isSessionError, SessionError, type SessionErrorCode } from '../../errors/sessionError.ts';
import type { Milliseconds } from '../../time/clock.ts';
import { responseOf, retryAfterMsOf, type Thrown } from './errorAnswer.ts';
import { codeOfAnswer, codeWithoutAnswer, isOfLibrary } from './errorCode.ts';
import { nativeCauseOf } from './nativeCause.ts';

/** What is known about a failed request beside what was thrown. */
export interface FailureContext {
  /** What failed, as the beginning of a sentence. */
  readonly action?: string;
  /** What `invalid_grant` means for this grant. @default 'grant_refused' */
  readonly refused?: SessionErrorCode | undefined;
  readonly nowWallMs?: Milliseconds;
}

/** The next step by the OAuth `error` (RFC 6749 §5.2), else by our code. `explain` knows every cause, and tells them apart. */
const remedies: Readonly<Record<string, string>> = {
  invalid_client: 'Check the client id: the issuer must know it, and it must be enabled',
  unauthorized_client: 'The client wants its secret, which only a server can keep, or may not do this',
  invalid_scope: 'Check `scope`',
  client_refused: 'Check issuer and client, or ask `npx token-vigil doctor`',
  provider_unavailable: 'Try again later',
  network_failed: 'Check the connection and that the provider allows this origin (Keycloak: Web Origins)',
  response_invalid: 'Does something else answer in place of the provider?',
  id_token_invalid: 'Check issuer and client id',
  option_invalid: 'Check `issuer`, `clientId`, `endpoints` and, for plain http, `allowInsecureRequests`',
};

const RETRYABLE = /^(provider_unavailable|network_failed|response_invalid)$/;

/** Somebody else's words, shortened, without anything as long as a token. */
const tidied = (text: unknown): string | undefined =>
  typeof text === 'string' ? text.replaceAll(/[\w.~+=-]{40,}/g, '…').slice(0, 200) : undefined;

/** What went wrong, where there are no words of the provider to quote. */
const detailOf = (thrown: Thrown, native: Error | undefined): string | undefined => {
  if (native) return tidied(native.message);
  if (!isOfLibrary(thrown)) return undefined;
  // A discovery document that states another issuer is the commonest wrong option.
  const { body } = Object(thrown.cause) as { body?: { issuer?: unknown } };
  return `${String(thrown.message)} ${tidied(body?.issuer) ?? ''}`;
};

/**
 * Whatever `oauth4webapi`, ky or the transport throws, as one of ours.
 * What it was made from is dropped, since it can hold the whole token request or answer.
 */
export const toSessionError = (
  thrown: unknown,
  { action = 'The request', refused = 'grant_refused', nowWallMs = Date.now() }: FailureContext = {},
): SessionError => {
  if (isSessionError(thrown)) return thrown;
  const known = Object(thrown) as Thrown;
  const response = responseOf(known);
  const native = nativeCauseOf(thrown);
  const error = tidied(known.error);
  const errorDescription = tidied(known.error_description);
  const code = response ? codeOfAnswer(response.status, error, refused) : codeWithoutAnswer(known, !!native);
  const said = [response?.status, error ?? detailOf(known, native), errorDescription].filter(Boolean);
  return new SessionError(
    code,
    `${action} failed: ${said.join(', ').trim().replace(/\.$/, '')}. ${remedies[error ?? ''] ?? remedies[code] ?? 'Sign in again'}`,
    {
      status: response?.status,
      error,
      errorDescription,
      retryable: RETRYABLE.test(code),
      retryAfterMs: response && retryAfterMsOf(response, nowWallMs),
      cause: native,
    },
  );
};
