import type { TokenFacts } from '../../../machines/lease.ts';
import type { IdTokenClaims } from '../../claims/user.ts';
import type { SessionError } from '../../errors/sessionError.ts';
import type { Instant } from '../../time/clock.ts';
import type { TokenSet } from '../../vault/vault.ts';

/** A successful answer of the token endpoint, checked, with the instant its request was sent. */
export interface TokenAnswer {
  readonly tokens: TokenSet;
  readonly facts: Omit<TokenFacts, 'renewable'>;
  readonly sentAt: Instant;
  /** Claims of the ID token in this answer, if it had one. */
  readonly claims?: IdTokenClaims | undefined;
}

/** An unusable answer to a renewal with a newer refresh token: the older one may be spent. */
export interface OddAnswer {
  readonly error: SessionError;
  /** The newer one; `undefined` where it must not be kept, because of whom or what the answer is. */
  readonly refreshToken: string | undefined;
}
