import type { Need } from './need.ts';
import type { SessionError } from '../errors/sessionError.ts';
import { type Clock, type Instant, readInstant } from '../time/clock.ts';
import { remainingMs } from '../time/deadline.ts';
import { type Bearer, isFreshBearer, type Vault } from '../vault/vault.ts';
import { gateError, overError } from './gateErrors.ts';
import type { GateSession } from './gateSession.ts';
import type { Retry } from './retry.ts';
import type { Verdict } from './verdict.ts';

/** What happens to requests while the user is away and the token has expired. */
export type IdleRequests = 'reject' | 'hold' | 'renew';

/** Decides who gets a token now, who waits, and who gets none. */
export interface Admission {
  /** The bearer that may be handed out now, without waiting. */
  freshFor(origin: string | undefined): Bearer | undefined;
  /** A call begins to wait: the session is started, and asked anew, once for all that begin in the same turn. */
  expect(): void;
  /** The verdict on a call, or `undefined` while it has to wait. Asks for a renewal where that helps. */
  judge(need: Need): Verdict | undefined;
  /** Whether requests may cause a renewal now. */
  mayRenew(): boolean;
  /** From here on nothing is handed out or asked for: calls fail with `why`. */
  stop(why: SessionError): void;
}

/** What admission is decided by. */
export interface AdmissionDeps {
  readonly vault: Pick<Vault, 'bearer' | 'lease'>;
  readonly clock: Clock;
  readonly session: GateSession;
  readonly retry: Pick<Retry, 'refuses'>;
  readonly idleRequests: IdleRequests;
}

/** Nothing was asked for yet. */
export const createAdmission = (deps: AdmissionDeps): Admission => {
  const { vault, clock, session, retry, idleRequests } = deps;
  /** What the session was asked for last, and in which situation. No bearer is kept: tokens live in the vault alone. */
  let asked: string | undefined;
  let isExpecting = false;
  let over: SessionError | undefined;

  const presentEpoch = (): number | undefined => {
    const bearer = vault.bearer();
    if (bearer) return bearer.epoch;
    const phase = session.phase();
    const isKnown = phase === 'signedIn' || phase === 'idle';
    return (isKnown && session.epoch()) || vault.lease()?.epoch;
  };

  const isRefused = (bearer: Bearer, origin: string | undefined): boolean =>
    origin !== undefined && retry.refuses(origin, bearer);

  const mayRenew = (): boolean =>
    !over && (session.phase() === 'signedIn' || (session.phase() === 'idle' && idleRequests === 'renew'));

  const renew = (unfit: number | undefined): void => {
    const bearer = vault.bearer();
    const wish = `${bearer?.epoch} ${bearer?.generation} ${session.phase()} ${unfit}`;
    // Asking at every change would answer each change with another one.
    if (asked === wish) return;
    asked = wish;
    session.requestRenewal(unfit);
  };

  const judgeWithout = (unfit?: number): Verdict | undefined => {
    const [phase, refusal] = [session.phase(), session.refusal()];
    if (phase === 'signedOut') return 'signedOut';
    if (phase === 'idle' && idleRequests === 'reject') return gateError('session_idle');
    if (refusal) return refusal;
    if (mayRenew()) renew(unfit);
    // Whatever was asked for may not be wanted any more by the time the user is back.
    else asked = undefined;
    return undefined;
  };

  /** Another renewal helps once; if the next token is too short as well, none does. */
  const judgeTooShort = ({ generation }: Bearer, need: Need): Verdict | undefined => {
    const isHopeless = need.tooShort !== undefined && generation > need.tooShort;
    need.tooShort = generation;
    return isHopeless ? gateError('option_invalid') : judgeWithout(generation);
  };

  const judgeToken = (need: Need, now: Instant): Verdict | undefined => {
    const bearer = vault.bearer();
    if (!bearer || !isFreshBearer(bearer, now)) return judgeWithout();
    // An API refused it, and the next one was asked for already; it does not come while the user is away.
    if (bearer.generation <= (need.refused ?? -1)) return mayRenew() ? undefined : gateError('session_idle');
    if (isRefused(bearer, need.origin)) return undefined;
    const { marginMs } = need;
    const isLongEnough = marginMs === undefined || remainingMs(bearer.accessDeadline, now) >= marginMs;
    return isLongEnough ? bearer : judgeTooShort(bearer, need);
  };

  return {
    mayRenew,
    freshFor(origin) {
      const bearer = vault.bearer();
      if (!bearer || over) return undefined;
      const now = readInstant(clock);
      if (session.mustReadRecord(now) || !isFreshBearer(bearer, now)) return undefined;
      return isRefused(bearer, origin) ? undefined : bearer;
    },
    expect() {
      if (over || isExpecting) return;
      isExpecting = true;
      asked = undefined;
      queueMicrotask(() => (isExpecting = false));
      session.start();
    },
    judge(need) {
      if (over) return over;
      const epoch = presentEpoch();
      if (need.epoch !== undefined && need.epoch !== epoch) return overError('session_ended', session);
      need.epoch = epoch;
      const failure = session.failure();
      const isNews = failure !== need.failure;
      if (need.refused !== undefined && failure && (isNews || session.refusal())) return failure;
      const now = readInstant(clock);
      return session.mustReadRecord(now) ? undefined : judgeToken(need, now);
    },
    stop(why) {
      over = why;
    },
  };
};
