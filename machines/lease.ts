import type { Instant, Milliseconds } from '../src/time/clock.ts';
import { type Deadline, deadlineAfter, earlierOf, remainingMs } from '../src/time/deadline.ts';
import { type LeaseTerms, defaultLeaseTerms } from './leaseTerms.ts';

/** What a token answer says about time and reach: the secret-free part of RFC 6749 §5.1. */
export interface TokenFacts {
  /** Life of the access token in seconds, counted by the server from when it issued it. */
  readonly expires_in?: number | undefined;
  /** Life of the refresh token in seconds (Keycloak and others); 0 or absent: no known end. */
  readonly refresh_expires_in?: number | undefined;
  /** Granted scope; absent means as requested. */
  readonly scope?: string | undefined;
  /** Whether tokens like these can be renewed: there is a refresh token, or silent sign-in works here. */
  readonly renewable: boolean;
  /** The known end of a refresh token that the answer left in place (RFC 6749 §6). */
  readonly keptRefreshDeadline?: Deadline | null | undefined;
}

/** What the machine knows about the tokens in the vault: deadlines and counts, no secrets. Plain JSON. */
export interface Lease {
  /** Which sign-in the tokens belong to. */
  readonly epoch: number;
  /** Which token set of that sign-in they are. */
  readonly generation: number;
  /** When the token request was sent. */
  readonly sentAt: Instant;
  /** Life of the access token as the server stated it. */
  readonly lifeMs: Milliseconds;
  /** When the access token expires, one second early, because servers count whole seconds. */
  readonly accessDeadline: Deadline;
  /** From then on the access token is not handed out any more. */
  readonly freshUntil: Deadline;
  /** When the refresh token expires, as far as known. */
  readonly refreshDeadline: Deadline | null;
  /** When a renewal should start; `null` if nothing can be renewed. */
  readonly renewAt: Deadline | null;
  readonly scope: string | null;
}

/** The life that a token must have left when it is handed out. */
export const marginOf = (lifeMs: Milliseconds): Milliseconds =>
  Math.max(Math.min(10_000, lifeMs / 5), lifeMs >= 4000 ? 1000 : 0);

/** How long before its deadline a token of this life is renewed: above the margin, at most half of the life. */
const leadOf = (lifeMs: Milliseconds, terms: LeaseTerms): Milliseconds => {
  const wantedMs = Math.max(Math.min(lifeMs / 4, terms.maxRenewAheadMs), 2 * marginOf(lifeMs));
  return Math.min(wantedMs * (1 + terms.jitter / 10), lifeMs / 2);
};

/** The known end of the refresh token: as the answer says, else that of the one it left in place. */
const refreshDeadlineOf = (facts: TokenFacts, sentAt: Instant): Deadline | null => {
  if (!facts.renewable) return null;
  const { refresh_expires_in: seconds = 0, keptRefreshDeadline = null } = facts;
  return seconds > 0 ? deadlineAfter(sentAt, seconds * 1000 - 1000) : keptRefreshDeadline;
};

/** When to renew: ahead of the earlier end. A refresh token shorter than the access token counts too. */
const renewAtOf = (
  lease: Pick<Lease, 'sentAt' | 'lifeMs' | 'accessDeadline' | 'refreshDeadline'>,
  terms: LeaseTerms,
): Deadline | null => {
  const { sentAt, lifeMs, accessDeadline, refreshDeadline } = lease;
  const leadMs = leadOf(lifeMs, terms);
  const atAccess = deadlineAfter(accessDeadline, -leadMs);
  if (!refreshDeadline) return atAccess;
  const halfLeftMs = Math.max(0, remainingMs(refreshDeadline, sentAt)) / 2;
  return earlierOf(atAccess, deadlineAfter(refreshDeadline, -Math.min(leadMs, halfLeftMs)));
};

/**
 * The lease of a token answer.
 *
 * Deadlines count from when the request was *sent*: the server cannot have issued the token earlier,
 * so this is safe even if a clock is wrong (RFC 6749 §5.1 counts `expires_in` from the response).
 */
export const leaseFrom = (
  facts: TokenFacts,
  sentAt: Instant,
  { epoch, generation }: { epoch: number; generation: number },
  terms: LeaseTerms = defaultLeaseTerms,
): Lease => {
  const lifeMs = facts.expires_in === undefined ? terms.defaultTokenLifetimeMs : facts.expires_in * 1000;
  const accessDeadline = deadlineAfter(sentAt, lifeMs - 1000);
  const refreshDeadline = refreshDeadlineOf(facts, sentAt);
  return {
    epoch,
    generation,
    sentAt,
    lifeMs,
    accessDeadline,
    freshUntil: deadlineAfter(accessDeadline, -marginOf(lifeMs)),
    refreshDeadline,
    renewAt: facts.renewable ? renewAtOf({ sentAt, lifeMs, accessDeadline, refreshDeadline }, terms) : null,
    scope: facts.scope ?? null,
  };
};
