import type { SessionError } from '../errors/sessionError.ts';
import type { Bearer } from '../vault/vault.ts';

/** How a call's wait ends: with a bearer, an error, or the finding that nobody is signed in. */
export type Verdict = Bearer | SessionError | 'signedOut';

/** Tells a bearer from the other verdicts. */
export const isBearer = (verdict: Verdict): verdict is Bearer =>
  typeof verdict === 'object' && 'authorization' in verdict;
