import { isFresh } from '../../machines/freshness.ts';
import { SessionError } from '../errors/sessionError.ts';
import { gateError } from '../gate/gateErrors.ts';
import type { CallDeps } from './calls.ts';

/** Renews now; settles with the new tokens' arrival, or rejects with what prevented it. */
export const renew = async ({
  runner,
  identity,
}: Pick<CallDeps<unknown>, 'runner' | 'identity'>): Promise<void> => {
  const { lease: before } = runner.snapshot().context;
  runner.send({ type: 'session.renew', by: 'app' });
  await runner.until(({ context }) => {
    const { lease, renewing, login, failure, now } = context;
    const { error } = identity;
    if (!lease) return error ?? gateError(before ? 'session_ended' : 'signed_out');
    if (before && lease.epoch !== before.epoch) return gateError('session_ended');
    // Tokens that arrive stale are kept, and are a failure all the same.
    if (lease.generation !== before?.generation && isFresh(lease, now)) return true;
    if (renewing !== null || login?.kind === 'rescue') return undefined;
    // A refusal for good ends the session once the record was read: whoever is told of it finds it ended.
    if (failure?.class === 'terminal' && (context.lookWanted || context.looking !== null)) return undefined;
    if (failure && error) return error;
    return new SessionError('interaction_required', 'The provider gave nothing to renew with');
  });
};
