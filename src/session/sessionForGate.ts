import { isForAPerson } from '../../machines/failureOf.ts';
import type { Continuity } from '../environment/continuity.ts';
import type { GateSession } from '../gate/gateSession.ts';
import { type Clock, readInstant } from '../time/clock.ts';
import type { Identity } from './identity.ts';
import type { Runner } from './runner.ts';

/** What the gate's view of a session is made from. */
export interface SessionForGateDeps {
  readonly runner: Runner;
  readonly identity: Pick<Identity<unknown>, 'error'>;
  readonly clock: Clock;
  readonly continuity: Pick<Continuity, 'isBroken' | 'stretch' | 'conclude'>;
  start(): unknown;
}

/** What the gate may ask of a session that this runner runs. */
export const createSessionForGate = ({
  runner,
  identity,
  clock,
  continuity,
  start,
}: SessionForGateDeps): GateSession => {
  let asked: string | undefined;
  const session: GateSession = {
    phase: () =>
      runner.status() === 'signedIn' && runner.snapshot().hasTag('away') ? 'idle' : runner.status(),
    epoch: () => runner.snapshot().context.lease?.epoch ?? 0,
    failure: () => identity.error,
    refusal: () => (isForAPerson(runner.snapshot().context.failure) ? identity.error : undefined),
    endReason: () => runner.snapshot().context.reason,
    mustReadRecord(now) {
      const status = runner.status();
      // What was asked for one session says nothing about the next, be it of the same epoch, from another tab.
      if (status !== 'signedIn') asked = undefined;
      // What a start finds here may be over elsewhere.
      if (status !== 'signedIn' || !continuity.isBroken(now)) return status === 'loading';
      const { lease } = runner.snapshot().context;
      const wanted = lease ? `${continuity.stretch} ${lease.epoch}` : asked;
      if (wanted !== asked) {
        asked = wanted;
        runner.send({ type: 'page.awake', restored: false });
      }
      return true;
    },
    start: () => void start(),
    requestRenewal: (refused) =>
      runner.send({ type: 'session.renew', by: 'gate', ...(refused !== undefined && { refused }) }),
    subscribe: runner.subscribe,
  };
  runner.subscribe(() => {
    // Not as soon as the record was read: where a later look is under way, what follows from it is still to come.
    if (!runner.snapshot().context.looking) continuity.conclude();
    // Whoever signs in on a page that was interrupted before shall not wait for a request to ask.
    session.mustReadRecord(readInstant(clock));
  });
  return session;
};
