/** What the page is told about where it is. */
export interface PageSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly apiOrigin: string;
  readonly idle: { readonly after: number; readonly warnBefore: number };
  /** How long an access token lives, milliseconds, where we know. */
  readonly tokenLife?: number;
  /** How many requests a burst makes. @default 100 */
  readonly burst?: number;
  /** Who can sign in with the password form, to save typing. */
  readonly hint?: { readonly username: string; readonly password: string };
  /** What the page can have go wrong. */
  readonly troubles: readonly Trouble[];
  /** Where the rest can be made to go wrong, if the provider has such a place. */
  readonly adminConsole?: string;
}

/** What can be made to go wrong from the page. */
export const troubles = ['unavailable', 'lostAnswer', 'refuse', 'revoke', 'endSignIn', 'skew'] as const;

/** The name of one kind of trouble. */
export type Trouble = (typeof troubles)[number];

/** What the API has counted of one client. */
export interface Arrivals {
  /** Requests that arrived at the API. */
  readonly arrived: number;
  /** Those that came with an expired token. */
  readonly expired: number;
  /** The least validity with which a token arrived; negative once it is over. */
  readonly leastSecondsLeft: number | null;
}

/** What the page shows of the servers, pushed whenever it changes. The session's `expired` is the number that must stay 0. */
export interface BackendReport extends Arrivals {
  /** The same of the naive client beside the session. */
  readonly naive: Arrivals;
  /** Renewals the provider was asked for; 0 where it is not ours to count. */
  readonly renewals: number;
  /** Token requests that the provider will still fail. */
  readonly faultsLeft: number;
  /** How far the provider's clock is ahead. */
  readonly skewSeconds: number;
}
