import type { Session } from '../../index.ts';
import { admitPage } from '../../router/admitPage.ts';
import type { KitRouter } from './kitRouter.ts';
import { pageOf } from './pageOf.ts';
import type { RouterWatch } from './watchRouter.ts';

/** Settles when a page may be shown, or when another one is shown instead. */
export type Admit = (url: URL) => Promise<void>;

const never = (): Promise<never> => new Promise(() => undefined);

/**
 * Decides which pages may be shown. Kit runs `load` when the user hovers over a link, does not tell `load` so, and reuses the
 * result for a later click. So the `load` of a page that nobody has asked for yet does not end: it waits for the click.
 */
export const createAdmissions = (
  session: Session<unknown>,
  { goto, base = '/' }: KitRouter,
  { isStarted, asked, nextTurn }: RouterWatch,
): Admit => {
  /** By page: several of its layouts can be guarded, and a page that was preloaded can be loaded again. */
  const admissions = new Map<string, Promise<void>>();

  const leave = async (page: string, path: string): Promise<void> => {
    const target = new URL(base.replace(/\/$/, '') + path, location.origin);
    if (!isStarted()) {
      // Kit cannot navigate before it has started.
      location.replace(target);
      return never();
    }
    const shown = pageOf(new URL(location.href));
    return goto(target.href, { replaceState: shown === page || shown === pageOf(target) });
  };

  /** Calls `admitPage`, which hears of it when the user goes elsewhere. */
  const admitWhileAsked = async (page: string, { href }: URL): Promise<string | undefined> => {
    const left = new AbortController();
    const look = async (): Promise<void> => {
      await nextTurn();
      if (!asked(page)) return left.abort();
      if (!admission.isOver) await look();
    };
    const admission = { isOver: false };
    void look();
    try {
      return await admitPage(session, href, left.signal);
    } finally {
      admission.isOver = true;
    }
  };

  const decide = async (page: string): Promise<void> => {
    for (;;) {
      await session.start();
      const address = asked(page);
      if (!address && session.status === 'signedIn') return;
      if (!address) {
        await nextTurn();
        continue;
      }
      const path = await admitWhileAsked(page, address);
      if (path !== undefined) return leave(page, path);
      if (session.status === 'signedIn') return;
    }
  };

  return (url) => {
    const page = pageOf(url);
    const known = admissions.get(page);
    if (known) return known;
    const admission = decide(page).finally(() => void admissions.delete(page));
    admissions.set(page, admission);
    return admission;
  };
};
