import type { FailureClass } from '../../machines/sessionContext.ts';
import type { SessionErrorCode } from '../errors/sessionError.ts';

/** Every code that is not listed asks for a change of configuration. */
const classes: { readonly [code in SessionErrorCode]?: FailureClass } = {
  grant_refused: 'terminal',
  interaction_required: 'interaction',
  // Another user's or another client's tokens came: the ones before them may be spent. Where they are not, it is retryable.
  id_token_invalid: 'terminal',
  provider_unavailable: 'transient',
  code_not_loaded: 'transient',
  tokens_elsewhere: 'transient',
  network_failed: 'unknown',
};

/** What a failed grant means for the session: its code decides, never a wording. */
export const failureClassOf = ({
  code,
  retryable,
}: {
  readonly code: SessionErrorCode;
  readonly retryable?: boolean;
}): FailureClass => {
  if (code === 'token_arrived_stale' && retryable) return 'transient';
  if (code === 'id_token_invalid' && retryable) return 'configuration';
  return classes[code] ?? 'configuration';
};

/**
 * The OAuth `error` with which the provider itself has spoken (RFC 6749 §5.2); `null` for what a proxy or a deployment
 * says in its place, as with 404 or 415.
 */
export const oauthErrorOf = ({
  status = 400,
  error,
}: {
  readonly status?: number | undefined;
  readonly error?: string | undefined;
}): string | null =>
  [200, 400, 401, 403].includes(status) && /^[\w.:-]+$/.test(error ?? '') ? error! : null;
