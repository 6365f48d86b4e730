import type { SignIn } from '../signIns.ts';
import type { Stage } from '../stage.ts';
import { seenOf } from '../subject.ts';

/** Longer ago than this the session does not remember what it left for. */
const REMEMBERED_MS = 3_600_000;

/** A page is left only for a sign-in or a sign-out that somebody still wants, and not for ever. */
export const createDepartures = (stage: Stage, signIns: { readonly wanted: readonly SignIn[] }) => {
  const { violate } = stage;
  /** Departures in a row of pages that were loaded with an answer. */
  let chain = 0;
  let leftMs = 0;
  let wasAnswered = false;
  let isHopeless = false;
  let signOuts = 0;

  const checkChain = (): void => {
    // A provider that never answered has no part in a loop.
    chain = wasAnswered ? chain + 1 : 1;
    leftMs = stage.clocks.trueMs();
    if (chain > 3) violate('L: left for the provider a fourth time without a session between');
    const byTheApp = signIns.wanted.some(({ isByTheApp }) => isByTheApp);
    if (isHopeless && !byTheApp) violate('L: left again after a failure that cannot mend itself');
  };

  return {
    onSignOut(promise: Promise<unknown>): void {
      signOuts++;
      void promise.finally(() => signOuts--);
    },
    /** The app itself wants to sign in; or somebody is signed in. */
    breakChain(): void {
      chain = 0;
      isHopeless = false;
    },
    onHopeless: (): void => void (isHopeless = true),
    /** A page is loaded; `answer`: what the provider says in its URL. */
    onLoad(answer: 'none' | 'some' | 'hopeless'): void {
      wasAnswered = answer !== 'none';
      isHopeless = answer === 'hopeless' && stage.clocks.trueMs() - leftMs < REMEMBERED_MS;
      signOuts = 0;
    },
    onNavigate(url: string): void {
      const { isRestoring } = seenOf(stage.session);
      if (!url.includes('/authorize')) {
        if (signOuts === 0) violate('L: left for the sign-out page that nobody waits for');
        return;
      }
      if (stage.isStopped) return violate('L: left for the provider after stop');
      const isSilent = new URL(url).searchParams.get('prompt') === 'none';
      const byItself = isRestoring && (isSilent || wasAnswered);
      if (!byItself && signIns.wanted.length === 0)
        violate('L: left for a sign-in that nobody wants any more');
      if (!isSilent) checkChain();
    },
  };
};
