import { SessionError } from '../../errors/sessionError.ts';
import { settleWithin } from '../../time/settleWithin.ts';
import type { GrantDeps } from '../grantDeps.ts';
import type { SilentMode } from '../grantOptions.ts';
import type { TokenAnswer } from '../protocol/tokenAnswer.ts';
import type { Redirects } from './redirects.ts';

/** Longest wait for a silent sign-in. */
const LIMIT_MS = 4000;

/** Asking the provider who is signed in, without the user (`prompt=none`). */
export interface Silent {
  /** In a hidden frame, by a redirect of the page, or not at all. */
  readonly mode: SilentMode;
  /** Whether it works without navigation. */
  readonly worksInPlace: boolean;
  /** Asks in a hidden frame. */
  askInPlace(): Promise<TokenAnswer>;
}

export const createSilent = (parts: GrantDeps, redirects: Redirects): Silent => {
  const { page, clock } = parts;
  const { silent: mode } = parts.options;
  return {
    mode,
    worksInPlace: mode === 'frame',
    async askInPlace() {
      if (!page || mode !== 'frame') {
        throw new SessionError(
          'interaction_required',
          'Silent sign-in does not work here without leaving the page',
        );
      }
      // The provider's metadata may have to be read first, and a page is waiting.
      const url = await settleWithin(clock, LIMIT_MS, redirects.begin({ prompt: 'none' }, 'frame'));
      const answerUrl = await page.askInFrame(url, LIMIT_MS, clock);
      if (answerUrl !== undefined) return redirects.finish(answerUrl);
      throw new SessionError(
        'network_failed',
        'The provider did not answer in a frame within 4 s. Is it on this site? Else set `silent: "redirect"`',
        { retryable: true },
      );
    },
  };
};
