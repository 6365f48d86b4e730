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

/** What a function of your own tells about the tokens that it received. */
export interface OwnTokens extends TokenFacts {
  /** When the token request was sent, if that was later than the call, for example after a user has typed. */
  readonly sentAt?: Instant | undefined;
}

const stale = failureOf('configuration', 'token_arrived_stale');

/**
 * Creates a login service from one async function, which signs in and returns the lives that the token answer states, or `null` if no
 * user is signed in. They count from the call, or from the `sentAt` that it returns. You keep the token strings; the machine never sees one.
 * If the function throws, `context.loginFailure` has the reason.
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
 * Creates a refresh service from one async function, which renews and returns the lives that the token answer states.
 * They count from the call, or from the `sentAt` that it returns. Throw an object with `failureClass: 'terminal'` if
 * the provider's refusal is final, and with `'interaction'` if the provider must ask the user.
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
