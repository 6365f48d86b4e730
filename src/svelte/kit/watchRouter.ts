import { tick } from 'svelte';
import { toStore } from 'svelte/store';
import type { Stop } from '../../index.ts';
import type { KitRouter } from './kitRouter.ts';
import { pageOf } from './pageOf.ts';

/** What Kit's router is doing. */
export interface RouterWatch {
  /** Whether it shows a page already. A `goto` before that would mount a second app beside the one that is hydrated. */
  isStarted(): boolean;
  /** Settles when a `goto` may come. */
  readonly started: Promise<void>;
  /**
   * The address, with its fragment, under which the user asks for a page: because it is shown, or because they navigate to it.
   * `undefined` for a page that is only preloaded, or that they have left for another in the meantime.
   */
  asked(page: string): URL | undefined;
  /** Settles when the next navigation begins or ends. */
  nextTurn(): Promise<void>;
  readonly stop: Stop;
}

export const watchRouter = ({ navigating, page }: KitRouter): RouterWatch => {
  /** Navigations that have ended. Kit still names one that was aborted, until the next. */
  const over = new WeakSet<object>();
  let waiting: (() => void)[] = [];
  let start: () => void;
  const started = new Promise<void>((resolve) => (start = resolve)).then(tick);

  // Until Kit shows the first page, `page.url` is a placeholder.
  const isStarted = (): boolean => page.url.origin === location.origin;

  const noteEnd = async (to: object, complete: Promise<void> | null): Promise<void> => {
    await complete?.catch(() => undefined);
    over.add(to);
  };

  const look = (): void => {
    const { to, complete } = navigating;
    if (isStarted()) start();
    if (to) void noteEnd(to, complete);
    const woken = waiting;
    waiting = [];
    woken.forEach((wake) => wake());
  };

  const target = (): URL | undefined => {
    const { to } = navigating;
    return to && !over.has(to) ? to.url : undefined;
  };

  return {
    isStarted,
    started,
    asked(wanted) {
      if (!isStarted()) return new URL(location.href);
      return [target(), page.url].find((url) => url && pageOf(url) === wanted);
    },
    nextTurn: () => new Promise((resolve) => void waiting.push(resolve)),
    stop: toStore(() => [navigating.to, page.url]).subscribe(look),
  };
};
