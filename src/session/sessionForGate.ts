import type { SessionError } from '../errors/sessionError.ts';
import type { GateSession } from '../gate/gateSession.ts';
import type { Runner } from './runner.ts';

/** What the gate may ask of a session that this runner runs. `failure`: the last one, until a grant succeeds. */
export const createSessionForGate = (
  runner: Runner,
  { start, failure }: { start(): void; failure(): SessionError | undefined },
): GateSession => ({
  get phase() {
    return runner.status === 'signedIn' && runner.snapshot.hasTag('away') ? 'idle' : runner.status;
  },
  get epoch() {
    return runner.snapshot.context.lease?.epoch ?? 0;
  },
  get failure() {
    return failure();
  },
  refusal: undefined,
  get endReason() {
    return runner.snapshot.context.reason;
  },
  mustReadRecord: () => false,
  start,
  requestRenewal: (refused) =>
    runner.send({ type: 'session.renew', by: 'gate', ...(refused !== undefined && { refused }) }),
  subscribe: runner.subscribe,
});
