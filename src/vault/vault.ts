import { isFresh, supersedes } from '../../machines/freshness.ts';
import type { Lease } from '../../machines/lease.ts';
import type { Instant } from '../time/clock.ts';

/** The secrets of one token answer. Only the vault keeps one; services hold it while they work. */
export interface TokenSet {
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  readonly idToken?: string | undefined;
}

/** What the gate needs at hand-off, ready made. */
export interface Bearer {
  /** The `Authorization` value. */
  readonly authorization: string;
  readonly token: string;
  readonly epoch: number;
  readonly generation: number;
  readonly freshUntil: Instant;
  readonly accessDeadline: Instant;
}

/** A service's permit to the vault: bound to what was in it when it was given out. */
export interface VaultPermit {
  /** Whether the permit still holds: no wipe and no other sign-in came between. */
  readonly stands: boolean;
  /** The tokens it may work with; `undefined` once the vault was wiped or refilled by a sign-in. */
  read(): TokenSet | undefined;
  /** Puts tokens in and answers their lease, or `undefined` where the permit is void: then revoke or drop them. */
  commit(tokens: TokenSet, lease: Lease): Lease | undefined;
}

/** The only place that holds token strings. */
export interface Vault {
  /** The bearer, fresh or not; `undefined` while empty. Costs one property read. */
  readonly bearer: Bearer | undefined;
  /** The lease of what is in it. */
  readonly lease: Lease | undefined;
  /** A permit to work with what is in the vault now, or to fill it while it is empty. */
  permit(): VaultPermit;
  /** Empties the vault, voids every permit given out, and answers what was in it. */
  wipe(): TokenSet | undefined;
  /** The ID token of the last session, once: the hint that spares the user a question when signing out. */
  takeLogoutHint(): string | undefined;
  /** What JSON may show of it. */
  toJSON(): { readonly lease: Lease | undefined };
}

const bearerOf = ({ accessToken }: TokenSet, lease: Lease): Bearer => ({
  ...lease,
  authorization: `Bearer ${accessToken}`,
  token: accessToken,
});

/** An answer that left a token out keeps the old one (RFC 6749 §6; OpenID Connect Core §12.2). */
const merged = (tokens: TokenSet, held: TokenSet | undefined): TokenSet => ({
  accessToken: tokens.accessToken,
  refreshToken: tokens.refreshToken ?? held?.refreshToken,
  idToken: tokens.idToken ?? held?.idToken,
});

/** Whether the bearer may be handed out at this instant. */
export const isFreshBearer: (bearer: Bearer, now: Instant) => boolean = isFresh;

/** An empty vault. */
export const createVault = (): Vault => {
  let tokens: TokenSet | undefined;
  let bearer: Bearer | undefined;
  let lease: Lease | undefined;
  let logoutHint: string | undefined;
  let current = {};

  const fill = (arrived: TokenSet, its: Lease): Lease => {
    const isSameSession = bearer?.epoch === its.epoch;
    if (!isSameSession) {
      current = {};
      // The hint of an earlier user must not name them when this one signs out.
      logoutHint = undefined;
    }
    tokens = merged(arrived, isSameSession ? tokens : undefined);
    bearer = bearerOf(tokens, its);
    lease = its;
    return its;
  };

  return {
    get bearer() {
      return bearer;
    },
    get lease() {
      return lease;
    },
    permit() {
      const mine = current;
      return {
        get stands() {
          return mine === current;
        },
        read: () => (mine === current ? tokens : undefined),
        commit: (arrived, its) =>
          mine === current && supersedes(its, bearer) ? fill(arrived, its) : undefined,
      };
    },
    wipe() {
      const taken = tokens;
      logoutHint = taken?.idToken ?? logoutHint;
      current = {};
      tokens = undefined;
      bearer = undefined;
      lease = undefined;
      return taken;
    },
    takeLogoutHint() {
      const hint = logoutHint;
      logoutHint = undefined;
      return hint;
    },
    toJSON: () => ({ lease }),
  };
};
