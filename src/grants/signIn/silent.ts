import { SessionError } from '../../errors/sessionError.ts';
import { type Milliseconds, readInstant } from '../../time/clock.ts';
import { elapsedMs } from '../../time/deadline.ts';
import { settleWithin } from '../../time/settleWithin.ts';
import type { GrantDeps } from '../grantDeps.ts';
import type { TokenAnswer } from '../protocol/tokenAnswer.ts';
import type { AuthorizationRequests } from './authorizationRequests.ts';

/**
 * Longest wait for a silent sign-in, and for the provider's metadata ahead of it: with what asking the other tabs takes
 * before, a new page knows within 4 s that nobody is signed in.
 */
export const SILENT_LIMIT_MS: Milliseconds = 3500;

/** Asking the provider who is signed in, without the user (`prompt=none`) and without leaving the page. */
export interface Silent {
  readonly worksInPlace: boolean;
  /** Asks in a hidden frame. `who`: whoever is signed in here, and must be the one who is found. */
  askInPlace(who?: string): Promise<TokenAnswer>;
}

export const createSilent = (
  { page, clock, options }: Pick<GrantDeps, 'page' | 'clock' | 'options'>,
  { begin, finish }: AuthorizationRequests,
): Silent => ({
  worksInPlace: page !== undefined && options.silent === 'frame',
  async askInPlace(who) {
    // Where the answer would not say whose it is, another user's tokens would pass for those of who is here.
    const isBlind = who !== undefined && !(who && options.scope.includes('openid'));
    if (!page || options.silent !== 'frame' || isBlind) {
      throw new SessionError(
        'interaction_required',
        'Asking the provider in a frame needs `silent: "frame"` and the scope `openid`',
      );
    }
    const beganAt = readInstant(clock);
    const url = await settleWithin(clock, SILENT_LIMIT_MS, begin({ prompt: 'none' }, 'frame'));
    const leftMs = SILENT_LIMIT_MS - elapsedMs(beganAt, readInstant(clock));
    const responseUrl = await page.askInFrame(url, leftMs, clock);
    if (responseUrl !== undefined) return finish(responseUrl);
    throw new SessionError(
      'network_failed',
      'The provider did not answer in a frame within 3.5 s. Is it on this site? Else set `silent: "redirect"`',
      { retryable: true },
    );
  },
});
