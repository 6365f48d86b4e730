import { isSessionError, type SessionError, type SessionErrorCode } from 'token-vigil';
import { oauthWord } from './oauthWord.ts';

/** What a request that failed is answered with. */
export interface Failure {
  readonly status: number;
  readonly body: {
    readonly code: string;
    readonly message: string;
    /** What whoever asked can do. */
    readonly next: string;
    /** Where to sign in, if that is what helps. */
    readonly signIn?: '/login';
    /** Whether asking again later may help. */
    readonly retryable: boolean;
  };
}

const SIGN_IN = 'Sign in again.';
const LATER = 'Try again in a moment; the session goes on.';
const OPERATOR = "Nothing a user can do: the server's configuration at the provider is wrong.";

type Answer = readonly [status: number, message: string, next: string];

const OVER = 'Nobody is signed in here, or the session is over.';
const AWAY = 'The provider does not answer for the moment.';
const REFUSED = 'This server was refused.';
const MISFIT = 'An answer of the provider does not fit.';

/** Every code that is not listed is a fault of this server. */
const answers: { readonly [code in SessionErrorCode]?: Answer } = {
  signed_out: [401, OVER, SIGN_IN],
  session_ended: [401, OVER, SIGN_IN],
  session_stopped: [401, OVER, SIGN_IN],
  session_idle: [401, OVER, SIGN_IN],
  grant_refused: [401, 'The session is over.', SIGN_IN],
  interaction_required: [401, 'The provider asks for the user.', SIGN_IN],
  id_token_invalid: [401, MISFIT, SIGN_IN],
  sign_in_cancelled: [400, 'This answer belongs to no sign-in of this browser.', SIGN_IN],
  sign_in_refused: [403, 'Signing in was refused.', SIGN_IN],
  network_failed: [503, 'The provider could not be reached.', LATER],
  provider_unavailable: [503, AWAY, LATER],
  wait_timed_out: [503, AWAY, LATER],
  client_refused: [502, REFUSED, OPERATOR],
  response_invalid: [502, MISFIT, OPERATOR],
};

/** By status and `error` alone: a server's sentence can quote the token it was sent. */
const said = ({ status, error }: SessionError): string =>
  status === undefined && error === undefined
    ? ''
    : ` The provider answered ${[status, error && oauthWord(error)].filter(Boolean).join(' ')}.`;

const ofSession = (error: SessionError): Failure => {
  const { code, retryable } = error;
  const [status, message, next] = answers[code] ?? [500, 'This server failed.', OPERATOR];
  return {
    status,
    body: {
      code,
      message: message + said(error),
      next,
      ...(next === SIGN_IN && { signIn: '/login' }),
      retryable,
    },
  };
};

/** In words of this server: those of an error may hold what somebody else said, a request or a token. */
export const failureOf = (thrown: unknown): Failure => {
  if (isSessionError(thrown)) return ofSession(thrown);
  const { status = 500 } = Object(thrown) as { status?: number };
  const isOurs = status >= 500;
  return {
    status,
    body: {
      code: isOurs ? 'server_error' : 'bad_request',
      message: isOurs ? 'This server failed.' : 'The request is malformed.',
      next: isOurs ? "Look at the server's log." : 'Mend the request.',
      retryable: false,
    },
  };
};
