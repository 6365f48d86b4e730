import type { FailureClass } from '../../machines/sessionContext.ts';
import type { SessionErrorCode } from '../errors/sessionError.ts';

/** Every code that is not listed asks for a change of configuration. */
const classes: { readonly [code in SessionErrorCode]?: FailureClass } = {
  grant_refused: 'terminal',
  interaction_required: 'terminal',
  provider_unavailable: 'transient',
  code_not_loaded: 'transient',
  network_failed: 'unknown',
};

/** What a failed grant means for the session: its code alone decides. */
export const failureClassOf = ({ code }: { readonly code: SessionErrorCode }): FailureClass =>
  classes[code] ?? 'configuration';
