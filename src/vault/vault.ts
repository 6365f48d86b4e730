import { isFresh } from '../../machines/freshness.ts';
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

/** A service's permit to the vault: bound to what was in it when the request arrived. */
export interface Permit {
  /** Whether it still holds. */
  isValid(): boolean;
  /** Whether what the record shows with this epoch is over: this page has ended it since, and the record may not know yet. */
  hasEnded(epoch: number): boolean;
  /** Who was signed in when it was given out. */
  readonly who: string | undefined;
  /** And since which sign-in. */
  readonly epoch: number | undefined;
  /** The tokens to work with; `undefined` while the vault is empty, and once the permit is void. */
  read(): TokenSet | undefined;
  /** Puts tokens in and returns their lease, or `undefined` where the permit is void: then they are given back or dropped. */
  commit(tokens: TokenSet, lease: Lease, who: string): Lease | undefined;
  /** Puts a newer refresh token beside what is there: the rest of its answer was unusable. */
  keepRefreshToken(refreshToken: string): void;
  /** Voids it: what it was for was given up. */
  revoke(): void;
}

/** The only place that holds token strings. */
export interface Vault {
  /** The bearer, fresh or not; `undefined` while empty. */
  bearer(): Bearer | undefined;
  /** The lease of what is in it. */
  lease(): Lease | undefined;
  /** The `sub` that the tokens in it belong to, `''` where the provider names nobody, `undefined` while empty. */
  who(): string | undefined;
  /** For renewing what is in it: void once the epoch is over, or a sign-in has brought other tokens. */
  permitRenewal(): Permit;
  /** For taking tokens that came unasked: void once anything has replaced what is in it now. */
  permitAdoption(): Permit;
  /** For taking newer tokens of this epoch from another tab: as for adoption; renewals under way are overtaken by it. */
  permitTab(): Permit;
  /** For a sign-in: void once the epoch is over, or a newer sign-in has begun. */
  permitSignIn(): Permit;
  /** For finding out who is signed in: as for a sign-in, but it is none that another would have to give way to. */
  permitRestore(): Permit;
  /** Empties the vault, voids every permit, and returns what was in it. */
  wipe(): TokenSet | undefined;
  /** The ID token of the last session, once: the hint that spares the user a question when signing out. */
  takeLogoutHint(): string | undefined;
  /** What JSON may show of it. */
  toJSON(): { readonly lease: Lease | undefined };
}

interface Contents {
  readonly tokens: TokenSet;
  readonly bearer: Bearer;
  readonly lease: Lease;
  readonly who: string;
}

const bearerOf = ({ accessToken }: TokenSet, lease: Lease): Bearer => ({
  authorization: `Bearer ${accessToken}`,
  token: accessToken,
  ...lease,
});

/** An answer that left a token out keeps the old one (RFC 6749 §6; OpenID Connect Core §12.2). */
const merged = (tokens: TokenSet, held: TokenSet | undefined): TokenSet => ({
  accessToken: tokens.accessToken,
  refreshToken: tokens.refreshToken ?? held?.refreshToken,
  idToken: tokens.idToken ?? held?.idToken,
});

/** A sign-in takes the next free generation, whatever was renewed meanwhile. */
const afterThose = (lease: Lease, held: Lease | undefined): Lease =>
  held?.epoch === lease.epoch && lease.generation <= held.generation
    ? { ...lease, generation: held.generation + 1 }
    : lease;

/** Whether the bearer may be handed out at this instant. */
export const isFreshBearer: (bearer: Bearer, now: Instant) => boolean = isFresh;

/** An empty vault. */
export const createVault = (): Vault => {
  let contents: Contents | undefined;
  let logoutHint: string | undefined;
  /** Replaced when the vault is wiped or another epoch begins. */
  let era = {};
  let signInsBegun = 0;
  /** How many sign-ins, here or in other tabs, have filled it. */
  let signedIn = 0;

  const fill: Permit['commit'] = (tokens, lease, who) => {
    if (contents?.lease.epoch !== lease.epoch) {
      era = {};
      // The hint of an earlier user must not name them when this one signs out.
      logoutHint = undefined;
    }
    contents = { tokens, bearer: bearerOf(tokens, lease), lease, who };
    return lease;
  };

  const renew: Permit['commit'] = (arrived, lease, who) =>
    fill(merged(arrived, contents?.tokens), lease, who);

  const signIn: Permit['commit'] = (tokens, lease, who) => {
    signedIn++;
    return fill(tokens, afterThose(lease, contents?.lease), who);
  };

  const replace: Permit['commit'] = (tokens, lease, who) => {
    signedIn++;
    return fill(tokens, lease, who);
  };

  const permit = (isCurrent: () => boolean, put: Permit['commit']): Permit => {
    const mine = era;
    const { who, lease } = contents ?? {};
    let isRevoked = false;
    const isValid = (): boolean => !isRevoked && mine === era && isCurrent();
    return {
      isValid,
      who,
      epoch: lease?.epoch,
      hasEnded: (epoch) => mine !== era && (lease?.epoch ?? epoch) === epoch,
      read: () => (isValid() ? contents?.tokens : undefined),
      commit: (...arrived) => (isValid() ? put(...arrived) : undefined),
      keepRefreshToken(refreshToken) {
        if (contents && isValid()) contents = { ...contents, tokens: { ...contents.tokens, refreshToken } };
      },
      revoke: () => void (isRevoked = true),
    };
  };

  return {
    bearer: () => contents?.bearer,
    lease: () => contents?.lease,
    who: () => contents?.who,
    permitRenewal() {
      const since = signedIn;
      return permit(() => contents !== undefined && since === signedIn, renew);
    },
    permitAdoption() {
      const held = contents?.lease;
      return permit(() => contents !== undefined && held === contents.lease, renew);
    },
    permitTab() {
      const held = contents?.lease;
      return permit(() => contents !== undefined && held === contents.lease, replace);
    },
    permitSignIn() {
      const mine = ++signInsBegun;
      return permit(() => mine === signInsBegun, signIn);
    },
    permitRestore() {
      const since = signInsBegun;
      return permit(() => since === signInsBegun, signIn);
    },
    wipe() {
      const taken = contents?.tokens;
      logoutHint = taken?.idToken ?? logoutHint;
      era = {};
      contents = undefined;
      return taken;
    },
    takeLogoutHint() {
      const hint = logoutHint;
      logoutHint = undefined;
      return hint;
    },
    toJSON: () => ({ lease: contents?.lease }),
  };
};
