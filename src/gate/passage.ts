import type { Bearer } from '../vault/vault.ts';
import type { Admission } from './admission.ts';
import { overError } from './gateErrors.ts';
import type { GateSession } from './gateSession.ts';
import { detached, type Outgoing, previewOf } from './outgoing.ts';
import type { WaitFor } from './retry.ts';
import { signalOf } from './signalOf.ts';
import { isBearer } from './verdict.ts';

/** What happens to requests while no user is signed in; a function decides by a clone of the request. */
export type SignedOutRequests = 'reject' | 'send' | ((request: Request) => 'reject' | 'send');

/** What letting calls through needs. */
export interface PassageDeps {
  readonly admission: Pick<Admission, 'freshFor'>;
  readonly session: GateSession;
  readonly waitFor: WaitFor;
  readonly signedOutRequests: SignedOutRequests;
}

/**
 * Lets a call through: with a fresh bearer in the same turn, else once there is one, without any where nobody is signed in
 * and the app chose so. Acts in the turn in which that is known.
 */
export type Pass = <Result>(
  outgoing: Outgoing,
  act: (outgoing: Outgoing, bearer: Bearer | undefined) => Promise<Result>,
) => Promise<Result>;

/** The one way through the gate, whatever the client. */
export const createPassage = ({ admission, session, waitFor, signedOutRequests }: PassageDeps): Pass => {
  const isSent = (outgoing: Outgoing): boolean =>
    (typeof signedOutRequests === 'function' ? signedOutRequests(previewOf(outgoing)) : signedOutRequests) !==
    'reject';

  return (outgoing, act) => {
    const bearer = admission.freshFor(outgoing.origin);
    if (bearer) return act(outgoing, bearer);
    const waiting = detached(outgoing);
    return waitFor({ origin: waiting.origin }, signalOf(waiting), (verdict) => {
      waiting.trace?.('waited');
      if (isBearer(verdict)) return act(waiting, verdict);
      if (verdict !== 'signedOut') throw verdict;
      if (!isSent(waiting)) throw overError('signed_out', session);
      return act(waiting, undefined);
    });
  };
};
