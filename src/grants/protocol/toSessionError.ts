import { isSessionError, SessionError, type SessionErrorCode } from '../../errors/sessionError.ts';
import { parseUrl } from '../../url/parseUrl.ts';
import type { Milliseconds } from '../../time/clock.ts';
import { responseOf, retryAfterMsOf, type Thrown } from './errorAnswer.ts';
import { codeOfAnswer, codeWithoutAnswer, type ErrorMeaning, isOfLibrary } from './errorCode.ts';
import { nativeCauseOf } from './nativeCause.ts';
import { withoutSecrets } from './withoutSecrets.ts';

/** What is known about a failed request beside what was thrown. */
export interface FailureContext extends ErrorMeaning {
  /** What failed, as the beginning of a sentence. */
  readonly action?: string | undefined;
  /** The next step by our code, where something better is known than {@link remedies} say. */
  readonly remedies?: Readonly<Partial<Record<SessionErrorCode, string>>> | undefined;
  /** The values that were sent and that nobody may read; they are cut out of whatever is quoted. */
  readonly secrets?: readonly string[] | undefined;
  readonly nowWallMs?: Milliseconds | undefined;
}

/** The next step by the OAuth `error` (RFC 6749 §5.2), else by our code. `explain` knows every cause, and tells them apart. */
const remedies = new Map(
  Object.entries({
    invalid_client: 'Check `clientId`, `clientSecret` if there is one, and that the client is enabled',
    unauthorized_client: 'Check `clientSecret`, which only a server can keep, and what the client may do',
    invalid_scope: 'Check `scope`',
    client_refused: 'Check issuer and client, or ask `npx token-vigil doctor`',
    provider_unavailable: 'Try again later',
    network_failed: 'Check the connection and that the provider allows this origin (Keycloak: Web Origins)',
    response_invalid: 'Does something else answer in place of the provider?',
    id_token_invalid: 'Check issuer and client id',
    option_invalid: 'Check `issuer`, `clientId`, `endpoints` and, for plain http, `allowInsecureRequests`',
  }),
);

const RETRYABLE = /^(provider_unavailable|network_failed|response_invalid)$/;

/** How much of somebody else's words is read; what is cut through there is left out. */
const READ = 1000;

/** Somebody else's words, shortened, without secrets and without anything as long as a token. */
export const tidied = (text: unknown, secrets: readonly string[]): string | undefined => {
  if (typeof text !== 'string') return undefined;
  const read = text.length > READ ? text.slice(0, READ).replace(/\S*$/, '…') : text;
  const kept = withoutSecrets(read, secrets).replaceAll(/[\w.~+=-]{40,}/g, '…');
  return kept.slice(0, 200) || undefined;
};

/** An ID token of another issuer names the one that would be right. An address is no sentence: no short secret is in it by intent. */
const otherIssuer = ({ cause }: Thrown, secrets: readonly string[]): string => {
  const { claim, claims } = Object(cause) as { claim?: unknown; claims?: { iss?: unknown } };
  const long = secrets.filter(({ length }) => length > 5);
  const iss = claim === 'iss' && parseUrl(String(claims?.iss)) && tidied(claims?.iss, long);
  return iss ? `: ${iss}` : '';
};

/**
 * Whatever `oauth4webapi`, ky or the transport throws, as one of ours.
 * What it was made from is dropped, since it can hold the whole token request or answer.
 */
export const toSessionError = (thrown: unknown, context: FailureContext = {}): SessionError => {
  if (isSessionError(thrown)) return thrown;
  const { action = 'The request', secrets = [], nowWallMs = Date.now() } = context;
  const tidy = (text: unknown): string | undefined => tidied(text, secrets);
  const known = Object(thrown) as Thrown;
  const response = responseOf(known);
  const native = nativeCauseOf(thrown, tidy);
  const error = tidy(known.error);
  const errorDescription = tidy(known.error_description);
  const code = response
    ? codeOfAnswer(response.status, known.error, context)
    : codeWithoutAnswer(known, !!native, context);
  // Where there are no words of the provider to quote. Those of the library are fixed.
  const fixed = isOfLibrary(known) && `${String(known.message)}${otherIssuer(known, secrets)}`;
  const detail = native?.message ?? fixed;
  const said = [response?.status, error ?? detail, errorDescription].filter(Boolean).join(', ');
  const remedy =
    context.remedies?.[code] ?? remedies.get(error ?? '') ?? remedies.get(code) ?? 'Sign in again';
  return new SessionError(code, `${action} failed${said && `: ${said.replace(/\.$/, '')}`}. ${remedy}`, {
    status: response?.status,
    error,
    errorDescription,
    grantType: context.grantType,
    retryable: RETRYABLE.test(code),
    retryAfterMs: response && retryAfterMsOf(response, nowWallMs),
    cause: native,
  });
};
