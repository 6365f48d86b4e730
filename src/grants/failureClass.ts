import type { FailureClass } from '../../machines/sessionContext.ts';
import type { SessionErrorCode } from '../errors/sessionError.ts';

/** Every code that is not listed asks for a change of configuration. */
const classes: { readonly [code in SessionErrorCode]?: FailureClass } = {
  grant_refused: 'terminal',
  interaction_required: 'terminal',
  // Another user's or another client's tokens came: the ones before them may be spent.
  id_token_invalid: 'terminal',
  provider_unavailable: 'transient',
  code_not_loaded: 'transient',
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
  return classes[code] ?? 'configuration';
};
