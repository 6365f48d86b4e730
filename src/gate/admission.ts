import type { SessionError } from '../errors/sessionError.ts';
import { type Clock, type Milliseconds, readInstant } from '../time/clock.ts';
import { remainingMs } from '../time/deadline.ts';
import { type Bearer, isFreshBearer, type Vault } from '../vault/vault.ts';
import type { GateDoor } from './gateDoor.ts';
import { marginTooLong, sessionEnded, sessionIdle } from './gateErrors.ts';
import type { Refusals } from './refusals.ts';

/** What happens to requests whose token lapsed while the user is away. */
export type IdleRequests = 'reject' | 'hold' | 'renew';

/** How a call's wait ends: with a bearer, an error, or the finding that nobody is signed in. */
export type Verdict = Bearer | SessionError | 'signedOut';

/** What one call needs, and what is remembered of it between two judgements. */
export interface Need {
  /** Where the token goes: an origin that refused it gets another one. */
  readonly origin?: string | undefined;
  /** Life the token must have left, beyond being fresh. */
  readonly marginMs?: Milliseconds | undefined;
  /** An API refused this one: only a later generation will do, and a renewal that failed since ends the wait. */
  readonly refused?: { readonly bearer: Bearer; readonly failure: SessionError | undefined } | undefined;
  /** The epoch the call belongs to; `undefined` until somebody is signed in. */
  epoch?: number | undefined;
  /** The newest generation that was too short for `marginMs`. */
  shortGeneration?: number | undefined;
}

/** Decides who gets a token now, who waits, and who gets none. */
export interface Admission {
  /** The bearer that may be handed out now, without waiting. */
  freshFor(origin: string | undefined): Bearer | undefined;
  /** The verdict on a call, or `undefined` while it has to wait. Asks for a renewal where that helps. */
  judge(need: Need): Verdict | undefined;
  /** A call begins to wait: it may ask anew, once for all that begin in the same turn. */
  expect(): void;
  /** Asks for a later generation than this one, once. */
  replace(bearer: Bearer): void;
}

/** What admission is decided by. */
export interface AdmissionParts {
  readonly vault: Pick<Vault, 'bearer'>;
  readonly clock: Clock;
  readonly door: GateDoor;
  readonly refusals: Refusals;
  readonly idleRequests: IdleRequests;
}

const isTooOld = (bearer: Bearer, { refused }: Need): boolean =>
  refused !== undefined && bearer.generation <= refused.bearer.generation;

/** A renewed token that is too short as well shows that no renewal will help. */
const isHopeless = (bearer: Bearer, need: Need): boolean => {
  const earlier = need.shortGeneration;
  need.shortGeneration = bearer.generation;
  return earlier !== undefined && bearer.generation > earlier;
};

/** Nothing was asked for yet. */
export const createAdmission = (parts: AdmissionParts): Admission => {
  const { vault, clock, door, refusals, idleRequests } = parts;
  let asked: { readonly bearer: Bearer | undefined; readonly standing: string } | undefined;
  let replaced: Bearer | undefined;
  let expecting = false;

  const presentEpoch = (): number | undefined => {
    if (vault.bearer) return vault.bearer.epoch;
    return door.standing === 'signedIn' || door.standing === 'idle' ? door.epoch || undefined : undefined;
  };

  const freshFor = (origin: string | undefined): Bearer | undefined => {
    const { bearer } = vault;
    if (!bearer || door.mustLook || !isFreshBearer(bearer, readInstant(clock))) return undefined;
    return origin !== undefined && refusals.refuses(origin, bearer) ? undefined : bearer;
  };

  const isTooShort = (bearer: Bearer, { marginMs }: Need): boolean =>
    marginMs !== undefined && !(remainingMs(bearer.accessDeadline, readInstant(clock)) >= marginMs);

  const replace = (bearer: Bearer): void => {
    if (replaced === bearer) return;
    replaced = bearer;
    door.requestRenewal(bearer.generation);
  };

  const renew = (): void => {
    const { bearer } = vault;
    if (bearer && isFreshBearer(bearer, readInstant(clock))) return replace(bearer);
    const { standing } = door;
    // Asking at every change would answer each change with another one.
    if (asked?.bearer === bearer && asked?.standing === standing) return;
    asked = { bearer, standing };
    door.requestRenewal();
  };

  const mayRenew = (): boolean =>
    door.standing === 'signedIn' || (door.standing === 'idle' && idleRequests === 'renew');

  const forget = (): void => {
    // Whatever was asked for may not be wanted any more by the time the user is back.
    asked = undefined;
    replaced = undefined;
  };

  const judgeWithout = (): Verdict | undefined => {
    if (door.standing === 'signedOut') return 'signedOut';
    if (door.standing === 'idle' && idleRequests === 'reject') return sessionIdle();
    if (mayRenew()) renew();
    else forget();
    return undefined;
  };

  const judgeWith = (bearer: Bearer, need: Need): Verdict | undefined => {
    if (isTooOld(bearer, need)) return judgeWithout();
    if (!isTooShort(bearer, need)) return bearer;
    return isHopeless(bearer, need) ? marginTooLong(need.marginMs ?? 0) : judgeWithout();
  };

  return {
    freshFor,
    replace,
    judge(need) {
      const epoch = presentEpoch();
      if (need.epoch !== undefined && need.epoch !== epoch) return sessionEnded();
      need.epoch = epoch;
      if (need.refused && door.failure && door.failure !== need.refused.failure) return door.failure;
      if (door.mustLook) return undefined;
      const bearer = freshFor(need.origin);
      return bearer ? judgeWith(bearer, need) : judgeWithout();
    },
    expect() {
      if (expecting) return;
      expecting = true;
      asked = undefined;
      queueMicrotask(() => (expecting = false));
    },
  };
};
