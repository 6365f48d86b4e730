import { SessionError } from '../errors/sessionError.ts';
import { gateError } from '../gate/gateErrors.ts';
import type { CallDeps } from './calls.ts';

/** Renews now; settles with the new tokens' arrival, or rejects with what prevented it. */
export const renew = async ({
  runner,
  identity,
}: Pick<CallDeps<unknown>, 'runner' | 'identity'>): Promise<void> => {
  const before = runner.snapshot.context.lease;
  runner.send({ type: 'session.renew', by: 'app' });
  await runner.until(({ context: { lease, renewing, login, failure } }) => {
    const { error } = identity;
    if (!lease) return error ?? gateError('signed_out');
    if (lease.generation !== before?.generation) return true;
    if (renewing !== null || login?.kind === 'rescue') return undefined;
    if (failure && error) return error;
    return new SessionError('interaction_required', 'The provider gave nothing to renew with');
  });
};
