import * as oauth from 'oauth4webapi';
import { isSessionError, SessionError, type SessionErrorCode } from 'token-vigil';
import { oauthWord } from './oauthWord.ts';

const codeOf = (status: number, error: string): SessionErrorCode => {
  if (status >= 500 || status === 429) return 'provider_unavailable';
  return error === 'invalid_grant' ? 'sign_in_refused' : 'client_refused';
};

const answered = (status: number, error: string): SessionError => {
  const code = codeOf(status, error);
  const message = `The provider's token endpoint answered ${status} ${error}`;
  return new SessionError(code, message, { status, error, retryable: code === 'provider_unavailable' });
};

const statusOf = ({ cause }: Error): number => (cause instanceof Response ? cause.status : 0);

/** What went wrong on the way through the provider, without what it was made from: that can hold a code or a token. */
export const signInError = (thrown: unknown): SessionError => {
  if (isSessionError(thrown)) return thrown;
  if (thrown instanceof oauth.AuthorizationResponseError) {
    const error = oauthWord(thrown.error);
    return new SessionError('sign_in_refused', `The provider answered ${error}`, { error });
  }
  if (thrown instanceof oauth.ResponseBodyError) return answered(thrown.status, oauthWord(thrown.error));
  if (thrown instanceof oauth.WWWAuthenticateChallengeError) return answered(thrown.status, 'invalid_client');
  // The latter is an ID token that says of itself that nobody has signed it, or in a way that proves nothing.
  if (
    !(thrown instanceof oauth.OperationProcessingError || thrown instanceof oauth.UnsupportedOperationError)
  )
    return new SessionError('network_failed', 'The provider could not be reached', { retryable: true });
  return statusOf(thrown) >= 400
    ? answered(statusOf(thrown), 'unknown_error')
    : new SessionError('response_invalid', `The provider's answer does not fit: ${thrown.code}`);
};
