import { sameTokens } from '../../machines/sameTokens.ts';
import type { SessionError } from '../errors/sessionError.ts';
import { type Clock, type Instant, type Milliseconds, readInstant } from '../time/clock.ts';
import { elapsedMs } from '../time/deadline.ts';
import type { Bearer, Vault } from '../vault/vault.ts';
import type { GateSession } from './gateSession.ts';
import type { Outgoing } from './outgoing.ts';
import { subjectOf } from './subjectOf.ts';

/** What the gate knows of APIs that answered 401. The session does not: a 401 is one API's opinion. */
export interface Refusals {
  /** Whether calls to this origin wait for another token than this one, which is still fresh. */
  refuses(origin: string, bearer: Bearer): boolean;
  /** This endpoint refused the bearer; returns whether there is another one, or one is under way that may help. */
  note(sent: Outgoing, bearer: Bearer): boolean;
  /** This endpoint accepted the bearer. */
  clear(sent: Outgoing, bearer: Bearer): void;
}

/** What refusals are judged by. */
export interface RefusalsDeps {
  readonly vault: Pick<Vault, 'bearer' | 'lease'>;
  readonly clock: Clock;
  readonly session: Pick<GateSession, 'failure' | 'requestRenewal'>;
  /** How long a renewal that was asked for is waited for. */
  readonly waitMs: Milliseconds;
  /** Whether requests may cause a renewal now. */
  mayRenew(): boolean;
}

/** Which tokens something is known of. No bearer is kept: tokens live in the vault alone. */
interface Tokens {
  readonly epoch: number;
  readonly generation: number;
}

interface Refusal {
  readonly generation: number;
  /** Whether it speaks of the token: not where the endpoint refused a renewed one, too. */
  readonly isBelieved: boolean;
}

/** A renewal that the 401s of an origin asked for. */
interface Wish extends Tokens {
  readonly askedAt: Instant;
  /** The last failure before that. */
  readonly failure: SessionError | undefined;
  /** Whether other calls to the origin wait for it as well. */
  isHeld: boolean;
}

/** Addresses can hold anything: an app that is refused at ever new ones must not fill the memory. */
const MOST_ENDPOINTS = 1000;

/** Knowledge of an endpoint ends with its epoch. */
const endpointOf = (sent: Outgoing, { epoch }: Bearer): string => {
  const { method, origin, path } = subjectOf(sent);
  return `${epoch} ${method} ${origin}${path}`;
};

/** No refusals. */
export const createRefusals = ({ vault, clock, session, waitMs, mayRenew }: RefusalsDeps): Refusals => {
  const endpoints = new Map<string, Refusal>();
  const wishes = new Map<string, Wish>();
  let latest: Wish | undefined;

  const remember = (endpoint: string, refusal: Refusal): void => {
    const [oldest] = endpoints.keys();
    if (endpoints.size >= MOST_ENDPOINTS) endpoints.delete(oldest!);
    endpoints.set(endpoint, refusal);
  };

  /** Neither failed nor forgotten: the session drops what was asked for when its user leaves, and tells nobody. */
  const isPending = ({ failure, askedAt }: Wish): boolean =>
    (session.failure() ?? failure) === failure && elapsedMs(askedAt, readInstant(clock)) < waitMs;

  /** Beside all others, the 401s of one origin renew once in a third of a token's life. */
  const isTooSoon = ({ askedAt }: Wish): boolean =>
    elapsedMs(askedAt, readInstant(clock)) < (vault.lease()?.lifeMs ?? 0) / 3;

  const wish = (origin: string, { epoch, generation }: Bearer): void => {
    const isAsked = latest && sameTokens(latest, { epoch, generation }) && isPending(latest);
    latest = { epoch, generation, askedAt: readInstant(clock), failure: session.failure(), isHeld: true };
    wishes.set(origin, latest);
    if (!isAsked) session.requestRenewal(generation);
  };

  /** Joins the renewal that this origin asked for, or asks for one. */
  const join = (origin: string, bearer: Bearer): boolean => {
    const last = wishes.get(origin);
    if (last && sameTokens(last, bearer) && isPending(last)) return (last.isHeld = true);
    if (last?.epoch === bearer.epoch && isTooSoon(last)) return false;
    wish(origin, bearer);
    return true;
  };

  return {
    refuses(origin, bearer) {
      const last = wishes.get(origin);
      return !!last?.isHeld && sameTokens(last, bearer) && isPending(last) && mayRenew();
    },
    note(sent, bearer) {
      const { generation } = bearer;
      const endpoint = endpointOf(sent, bearer);
      const earlier = endpoints.get(endpoint);
      if (earlier?.isBelieved === false) return false;
      if (vault.bearer() !== bearer) return true;
      if (!mayRenew()) return false;
      const isBelieved = generation <= (earlier?.generation ?? generation);
      remember(endpoint, { generation, isBelieved });
      return isBelieved && join(sent.origin, bearer);
    },
    clear(sent, bearer) {
      const last = wishes.get(sent.origin);
      // A late answer to an older token says nothing about the one that was refused.
      if (last && sameTokens(last, bearer)) last.isHeld = false;
      if (endpoints.size === 0) return;
      const endpoint = endpointOf(sent, bearer);
      const refused = endpoints.get(endpoint)?.generation ?? Infinity;
      if (bearer.generation >= refused) endpoints.delete(endpoint);
    },
  };
};
