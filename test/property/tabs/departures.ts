import type { Pass } from './life.ts';
import type { TabProvider } from './provider.ts';
import type { Tab } from './tab.ts';

/** How a page of the provider is left. */
export type PageAnswer = 'ada' | 'bob' | 'access_denied' | 'temporarily_unavailable';

/** A page of the provider, in a tab of the app. */
interface Departure {
  /** The document that was left, in the back/forward cache where the browser could keep it. */
  readonly tab: Tab;
  readonly address: URL;
}

interface DepartureWatch {
  readonly pass: Pass;
  violate(what: string): void;
  /** Whether its app has asked for that in this document. */
  isAsked(tab: Tab): boolean;
  /** The document is left; `isReplaced`: for good. */
  leave(tab: Tab, isReplaced: boolean): void;
  /** The tab shows the app again, unless its user has gone back meanwhile. */
  arrive(tab: Tab, url: string): void;
}

/** Pages that are left for the provider, and come back with its answer. */
export const createDepartures = (
  provider: TabProvider,
  { pass, violate, isAsked, leave, arrive }: DepartureWatch,
) => {
  let away: Departure[] = [];
  /** How often each tab has asked unseen, by what it keeps over reloads, since it was last answered that somebody is there. */
  const silent = new WeakMap<object, number>();
  /** How often in a row it has asked afresh, since an answer has matched nothing. */
  const afresh = new WeakMap<object, number>();

  const take = (number: number): Departure | undefined => {
    const found = away[number % Math.max(1, away.length)];
    away = away.filter((one) => one !== found);
    return found;
  };

  const isSilent = ({ searchParams }: URL): boolean => searchParams.get('prompt') === 'none';

  const onLeft = async (left: Departure): Promise<void> => {
    const { tab, address } = left;
    const { cookie } = provider;
    if (address.pathname.endsWith('/end')) {
      provider.cookie = undefined;
      const to = new URL(address.searchParams.get('post_logout_redirect_uri') ?? '');
      to.searchParams.set('state', address.searchParams.get('state') ?? '');
      return arrive(tab, to.href);
    }
    if (!isSilent(address)) return void away.push(left);
    const times = (silent.get(tab.tabStorage) ?? 0) + 1;
    silent.set(tab.tabStorage, cookie === undefined ? times : 0);
    if (times > 2) violate(`S: ${tab.life.id} leaves unseen again and again`);
    const how = cookie === undefined ? { error: 'login_required' } : { sub: cookie };
    return arrive(tab, provider.answerTo(address.searchParams, how));
  };

  return {
    get count() {
      return away.length;
    },
    async leave(tab: Tab, url: string, isReplaced: boolean): Promise<void> {
      if (!tab.life.isAlive) return;
      const address = new URL(url);
      const isAfresh = tab.isBack && !isAsked(tab);
      const times = isAfresh ? (afresh.get(tab.tabStorage) ?? 0) + 1 : 0;
      afresh.set(tab.tabStorage, times);
      if (times > 2) violate(`S: ${tab.life.id} leaves afresh again and again`);
      if (!isSilent(address) && !isAsked(tab) && !isAfresh) violate(`S: ${tab.life.id} leaves by itself`);
      await tab.life.hop('page left');
      if (!tab.life.isAlive) return;
      leave(tab, isReplaced);
      await pass(`authorize page from ${tab.life.id}`);
      await onLeft({ tab, address });
    },
    /** Somebody does something at the provider. */
    answer(number: number, how: PageAnswer): void {
      const left = take(number);
      if (!left) return;
      const isUser = how === 'ada' || how === 'bob';
      if (isUser) provider.cookie = how;
      arrive(left.tab, provider.answerTo(left.address.searchParams, isUser ? { sub: how } : { error: how }));
    },
  };
};
