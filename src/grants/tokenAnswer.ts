import type { TokenFacts } from '../../machines/lease.ts';
import type { Instant } from '../time/clock.ts';
import type { TokenSet } from '../vault/vault.ts';

/** Claims of an ID token, decoded and checked (OpenID Connect Core §2). */
export type IdTokenClaims = Readonly<Record<string, unknown>> & {
  readonly iss: string;
  readonly sub: string;
};

/** A successful answer of the token endpoint, checked, with the instant its request was sent. */
export interface TokenAnswer {
  readonly tokens: TokenSet;
  readonly facts: Omit<TokenFacts, 'renewable'>;
  readonly sentAt: Instant;
  /** Claims of the ID token in this answer, if it had one. */
  readonly claims?: IdTokenClaims | undefined;
}
