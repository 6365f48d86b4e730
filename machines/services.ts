import type { CallbackActorLogic } from 'xstate';
import { type Clock, type Instant, readInstant, systemClock } from '../src/time/clock.ts';
import { failureOf } from './failureOf.ts';
import { isFresh } from './freshness.ts';
import { type TokenFacts, leaseFrom } from './lease.ts';
import { serviceFrom } from './serviceFrom.ts';
import type { Failure } from './sessionContext.ts';
import type {
  LoginFailed,
  LoginGranted,
  LoginRequested,
  RefreshFailed,
  RefreshGranted,
  RefreshRequested,
} from './sessionEvents.ts';

/** A failure as the machine sees it, from whatever a function threw. Give it a `failureClass` to decide its class. */
const failureFrom = (thrown: unknown): Failure => {
  const {
    failureClass = 'unknown',
    code = 'network_failed',
    status = null,
    error = null,
    retryAfterMs = null,
  } = Object(thrown) as Partial<Failure> & { failureClass?: Failure['class'] };
  return { class: failureClass, code, status, error, retryAfterMs };
};

/** What a function of your own says about the tokens it brought. */
export interface OwnTokens extends TokenFacts {
  /** When the token request was sent, where that was later than the call: after a user has typed, say. */
  readonly sentAt?: Instant | undefined;
}

const stale = failureOf('configuration', 'token_arrived_stale');

/**
 * A login service from one async function: sign somebody in and say what the token answer said about time,
 * or `null` if nobody is signed in. Their life counts from the call, or from the `sentAt` it returns. The token strings stay wherever you keep them; the machine never sees one.
 * What it throws shows in `context.loginFailure`.
 */
export const loginFrom = (
  login: (request: Pick<LoginRequested, 'kind' | 'ticket'>) => Promise<OwnTokens | null>,
  { clock = systemClock }: { clock?: Clock } = {},
): CallbackActorLogic<LoginRequested> => {
  let epoch = 0;
  const answer = async ({ kind, ticket, attempt }: LoginRequested): Promise<LoginGranted | LoginFailed> => {
    const sentAt = readInstant(clock);
    const facts = await login({ kind, ticket });
    if (!facts) return { type: 'login.failed', attempt, failure: null };
    const lease = leaseFrom(facts, facts.sentAt ?? sentAt, { epoch: ++epoch, generation: 1 });
    if (!isFresh(lease, readInstant(clock))) return { type: 'login.failed', attempt, failure: stale };
    return { type: 'login.granted', attempt, lease, lastActivity: null };
  };
  return serviceFrom<LoginRequested, LoginGranted | LoginFailed>((request) =>
    answer(request).catch((thrown: unknown): LoginFailed => ({
      type: 'login.failed',
      attempt: request.attempt,
      failure: failureFrom(thrown),
    })),
  );
};

/**
 * A refresh service from one async function: renew and say what the token answer said about time.
 * Their life counts from the call, or from the `sentAt` it returns. Throw an object with `failureClass: 'terminal'` where
 * the provider refused for good, `'interaction'` where it must see the user.
 */
export const refreshFrom = (
  refresh: () => Promise<OwnTokens>,
  { clock = systemClock }: { clock?: Clock } = {},
): CallbackActorLogic<RefreshRequested> => {
  const answer = async ({ epoch, generation }: RefreshRequested): Promise<RefreshGranted | RefreshFailed> => {
    const sentAt = readInstant(clock);
    const facts = await refresh();
    const lease = leaseFrom(facts, facts.sentAt ?? sentAt, { epoch, generation: generation + 1 });
    if (!isFresh(lease, readInstant(clock)))
      return { type: 'refresh.failed', epoch, generation, failure: stale, lease };
    return { type: 'refresh.granted', epoch, generation, lease };
  };
  return serviceFrom<RefreshRequested, RefreshGranted | RefreshFailed>((request) =>
    answer(request).catch((thrown: unknown): RefreshFailed => ({
      type: 'refresh.failed',
      epoch: request.epoch,
      generation: request.generation,
      failure: failureFrom(thrown),
    })),
  );
};
