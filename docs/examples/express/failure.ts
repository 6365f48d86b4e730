import { isSessionError, type SessionError, type SessionErrorCode } from 'token-vigil';

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

/** Every code that is not listed is a fault of this server. */
const answers: { readonly [code in SessionErrorCode]?: readonly [status: number, next: string] } = {
  signed_out: [401, SIGN_IN],
  session_ended: [401, SIGN_IN],
  session_stopped: [401, SIGN_IN],
  session_idle: [401, SIGN_IN],
  grant_refused: [401, SIGN_IN],
  interaction_required: [401, SIGN_IN],
  id_token_invalid: [401, SIGN_IN],
  sign_in_cancelled: [400, SIGN_IN],
  sign_in_refused: [403, SIGN_IN],
  network_failed: [503, LATER],
  provider_unavailable: [503, LATER],
  wait_timed_out: [503, LATER],
  client_refused: [502, OPERATOR],
  response_invalid: [502, OPERATOR],
};

const ofSession = ({ code, message, retryable }: SessionError): Failure => {
  const [status, next] = answers[code] ?? [500, OPERATOR];
  return {
    status,
    body: { code, message, next, ...(next === SIGN_IN && { signIn: '/login' }), retryable },
  };
};

/** Errors of this library speak for themselves; what others say may hold a request, so nothing of it is shown. */
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
