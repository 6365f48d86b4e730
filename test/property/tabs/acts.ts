import type { TokenResponse } from '../../../src/grants/tokenResponse.ts';
import { APP, SECRET } from '../model/addresses.ts';
import type { PageAnswer } from './departures.ts';
import type { Counts, Posted } from './oracles/lies.ts';
import type { TabCall, TabRun } from './run.ts';
import { CHANNEL, contentOf, lose, type RecordFailure } from './subject.ts';
import { shownBy, type StorageFailure, type Tab } from './tab.ts';

/** More would only be slower. */
const MOST_TABS = 4;

/** Longer than it takes to sign in. */
const SLOW_MS = 2000;

/** What another script of the origin may post. */
export type Foreign =
  | 'garbage'
  | 'of a later version'
  | 'an old message'
  | 'old tokens by the right numbers'
  | 'old tokens as an answer'
  | 'changed';

/** What a backend that has the tokens of a tab as well sends along with an answer. */
export type SentAlong = 'an access token' | 'a newer refresh token' | 'all of a renewal';

/** Tokens on their way, as far as a lie about them has to know them. */
interface Shared extends Posted {
  readonly tokens: Posted['tokens'] & { readonly accessToken: string };
  readonly lease: Counts & Record<(typeof instants)[number], number | null>;
}

const instants = ['sentAt', 'accessDeadline', 'freshUntil', 'refreshDeadline', 'renewAt'] as const;

/** Everything that can happen in a run, from apps, users, browsers, the provider and other scripts. */
export const createTabActs = (run: TabRun) => {
  const { clocks, provider, users, locks, track } = run;
  let callIds = 0;

  /** The tab of this number among those that are there; `undefined` where it does not run. */
  const running = (number: number): Tab | undefined => {
    const tab = run.tabs[number % Math.max(1, run.tabs.length)];
    return tab && tab.away === undefined ? tab : undefined;
  };
  const inTab =
    <Rest extends unknown[]>(act: (tab: Tab, ...rest: Rest) => unknown) =>
    (number: number, ...rest: Rest): void => {
      const tab = running(number);
      if (tab) void act(tab, ...rest);
    };

  const away = (tab: Tab, how: NonNullable<Tab['away']>): void => {
    tab.away = how;
    tab.awaySince = clocks.noted();
    tab.life.freeze();
  };

  const dispatch = ({ page }: Tab, type: string, more: object = {}): void =>
    void page.window.dispatchEvent(Object.assign(new Event(type), more));

  const start = (tab: Tab): void => {
    tab.isStopped = false;
    track(tab, 'start', tab.session.start());
  };

  const stop = (tab: Tab): void => {
    users.forget(tab);
    tab.isStopped = true;
    tab.session.stop();
    for (const [promise, name] of tab.pending) if (name.startsWith('start')) tab.pending.delete(promise);
  };

  /**
   * A newer refresh token alone comes with the access token that the tab has. The one before it the backend has spent: it gets
   * none for what another tab has spent.
   */
  const sentAlong = (tab: Tab, what: SentAlong): TokenResponse | undefined => {
    const { mint } = run;
    const { accessToken = '', refreshToken = '' } = tab.seat.vault.permitRenewal().read() ?? {};
    const family = mint.access.get(accessToken)?.family;
    const spent = mint.refresh.get(refreshToken);
    if (!family || !mint.isAlive(family)) return undefined;
    if (what !== 'an access token' && (!spent || spent.isSpent || spent.untilMs <= clocks.trueMs()))
      return undefined;
    const answer = mint.issue(family, run.setting.names ? {} : { idToken: 'none' });
    const { access_token, expires_in, refresh_token } = answer as unknown as Required<TokenResponse>;
    if (what === 'an access token') return { access_token, expires_in };
    Object.assign(spent!, { isSpent: true, spentAtMs: clocks.trueMs() });
    return what === 'all of a renewal'
      ? (answer as unknown as TokenResponse)
      : { access_token: accessToken, expires_in, refresh_token };
  };

  /** A request to a backend that sends these along; returns how its answer comes. */
  const sendAlong = (number: number, what: SentAlong): (() => void) => {
    const tab = run.tabs[number % Math.max(1, run.tabs.length)];
    const tokens = tab && sentAlong(tab, what);
    if (!tokens) return () => {};
    const requestedAt = clocks.clock.wallMs();
    const sentAtMs = clocks.trueMs();
    return () =>
      tab.life.run(() => {
        // The app measures by the wall clock.
        if (clocks.jumpedAtMs >= sentAtMs) return;
        run.note(`${what} has come to ${tab.life.id}`);
        track(tab, 'adopt', tab.session.adopt(tokens, { requestedAt }));
      });
  };

  const thaw = async (tab: Tab): Promise<void> => {
    const how = tab.away;
    if (!how) return;
    tab.away = undefined;
    users.onAway(tab, clocks.shownSince(tab.awaySince), how !== 'untold');
    // The events come ahead of what has waited.
    if (how === 'told') tab.life.run(() => dispatch(tab, 'resume'));
    if (how === 'cached') tab.life.run(() => tab.page.comeBack());
    await tab.life.thaw();
    run.look();
  };

  /** Somebody is there, and is heard of. */
  const beThere = (tab: Tab, tell: (() => void) | undefined): void => {
    const { epoch, who } = contentOf(run.disk);
    const isShown =
      tab.session.status === 'signedIn' && tab.seat.vault.lease()?.epoch === epoch && who !== null;
    tell?.();
    const isConfirmed = run.setting.idle === false || !run.setting.idle.confirm;
    if (tell && isShown && isConfirmed && !tab.recordFailure) run.presence.sign(tab.life);
  };

  const show = (tab: Tab): void => {
    tab.life.isHidden = false;
    tab.page.show();
  };

  const mendStorage = (tab: Tab): void => {
    tab.storageFailure = undefined;
    for (const tell of tab.onStorageMended) tell();
    tab.onStorageMended.clear();
  };

  const closeOne = (tab: Tab): void => {
    dispatch(tab, 'pagehide', { persisted: false });
    run.remove(tab);
  };

  /**
   * What is really left of these tokens: it is in no record, and nobody but who has them can say it. Whoever lies about that has
   * them, and needs no tab to use them.
   */
  const restOf = ({ tokens, lease }: Shared): object => {
    const { issuedAtMs = 0, lifeMs = 0 } = run.mint.access.get(tokens.accessToken) ?? {};
    // Less a second, as everywhere.
    const byMs = issuedAtMs + (lifeMs ?? 0) - 1000 - clocks.trueMs() - lease.accessDeadline!;
    const moved = instants.map((name) => [name, lease[name] === null ? null : lease[name] + byMs]);
    return Object.fromEntries(moved) as object;
  };

  const acts = {
    open(): void {
      if (run.tabs.length < MOST_TABS) start(run.open());
    },
    /** All at once, as a browser that is started again. */
    restore(count: number): void {
      for (let opened = 0; opened < count; opened++) start(run.open());
    },
    /** With `tabs: false`. */
    openAlone: (): void => start(run.open(undefined, true)),
    /** What a tab does for itself is over by now: no task of it is cut in two. */
    kill(number: number): void {
      const tab = run.tabs[number % Math.max(1, run.tabs.length)];
      if (tab) run.remove(tab);
    },
    close: inTab(closeOne),
    reload: inTab((tab) => {
      closeOne(tab);
      start(run.open(tab.tabStorage, tab.isAlone));
    }),
    closeOne,
    duplicate: inTab((tab) => {
      if (run.tabs.length < MOST_TABS) start(run.open(new Map(tab.tabStorage)));
    }),
    /** The browser freezes it, and says so; one that holds a lock it lets be. */
    freeze: inTab((tab) => {
      if (locks.isUsedBy(tab.life)) return;
      dispatch(tab, 'freeze');
      away(tab, 'told');
    }),
    /** It stands still wherever it is. */
    stopDead: inTab((tab) => {
      if (locks.holder === tab.life) run.met('a lock holder stands still');
      away(tab, 'untold');
    }),
    /** It goes into the back/forward cache, or is gone where the browser cannot keep it. */
    rest: inTab((tab) => {
      if (locks.isUsedBy(tab.life)) return closeOne(tab);
      tab.page.rest();
      away(tab, 'cached');
    }),
    async thaw(number: number): Promise<void> {
      const gone = run.tabs.filter((tab) => tab.away);
      const tab = gone[number % Math.max(1, gone.length)];
      if (tab) await thaw(tab);
    },
    async thawAll(): Promise<void> {
      for (const tab of run.tabs) await thaw(tab);
    },
    signIn: inTab((tab, sub: 'ada' | 'bob') => {
      users.forget(tab);
      tab.isStopped = false;
      const beganMs = clocks.trueMs();
      const promise = tab.session.signIn({ username: sub, password: SECRET });
      promise.then(
        () => tab.recordFailure ?? run.presence.signIn(beganMs),
        () => {},
      );
      track(tab, 'signIn', promise);
    }),
    /** By a redirect: the user is asked who they are, or asked once more. */
    signInAway: inTab((tab, isAskedAgain: boolean) => {
      users.forget(tab);
      tab.isStopped = false;
      track(tab, 'signIn away', tab.session.signIn(isAskedAgain ? { prompt: 'login' } : {}));
    }),
    require: inTab((tab) => {
      tab.isStopped = false;
      track(tab, 'require', tab.session.require());
    }),
    signOutAway: inTab((tab) => {
      users.forget(tab);
      run.presence.signOut(tab.life);
      run.givenBack.signOut(tab);
      track(tab, 'signOut away', tab.session.signOut({ to: `${APP}/bye` }));
    }),
    answerPage: (number: number, how: PageAnswer): void => run.departures.answer(number, how),
    signOut: inTab((tab) => {
      users.forget(tab);
      run.presence.signOut(tab.life);
      run.givenBack.signOut(tab);
      track(tab, 'signOut', tab.session.signOut({ redirect: false }));
    }),
    activate: inTab((tab) => beThere(tab, tab.onActive)),
    touch: inTab((tab) => beThere(tab, tab.isStopped ? undefined : () => tab.session.touch())),
    keepAwake: inTab((tab) => void tab.awake.push(tab.session.keepAwake())),
    letSleep: inTab((tab) => tab.awake.pop()?.()),
    letAllSleep(): void {
      for (const { awake } of run.tabs) for (const release of awake.splice(0)) release();
    },
    stay: inTab((tab) => void (tab.session.status === 'signedIn' && tab.session.stay())),
    renew: inTab((tab) => {
      tab.isStopped = false;
      track(tab, 'renew', tab.session.renew());
    }),
    request: inTab((tab) => {
      const id = String(++callIds);
      const call: TabCall = { tab, sub: shownBy(tab), handed: 0, outcome: undefined };
      const beganMs = clocks.trueMs();
      const { interruptions, isHidden: wasHidden } = tab.life;
      run.calls.set(id, call);
      const promise = tab.session.fetch(run.api, { headers: { 'x-call': id } });
      promise.then(
        ({ status }) => (call.outcome = String(status)),
        (error: unknown) => (call.outcome = Object(error).code ?? String(error)),
      );
      const onSettled = (): void => {
        const waitedMs = clocks.trueMs() - beganMs;
        const isWhole = tab.life.interruptions === interruptions;
        if (
          isWhole &&
          call.handed === 0 &&
          waitedMs > run.waitMs + (wasHidden || tab.life.isHidden ? 1001 : 1)
        )
          run.violate(`3: a call waited ${waitedMs} ms in ${tab.life.id}`);
      };
      track(tab, 'request', promise.finally(onSettled));
    }),
    requestEverywhere(): void {
      for (const number of run.tabs.keys()) acts.request(number);
    },
    stop: inTab(stop),
    start: inTab(start),
    stopAndStart: inTab((tab) => {
      stop(tab);
      start(tab);
    }),
    sendAlong,
    /** An answer with them has come to the tab, and waits where that stands still. */
    adopt: (number: number, what: SentAlong): void => sendAlong(number, what)(),
    adoptLate: (number: number, what: SentAlong): void =>
      void clocks.clock.setTimeout(sendAlong(number, what), SLOW_MS),
    wake: inTab((tab) => tab.page.wake()),
    /** IndexedDB works no more in this document. */
    breakRecord: inTab((tab, how: RecordFailure) => {
      tab.recordFailure = how;
      // It can fail in another way while it fails.
      tab.recordFailedAtMs = Math.min(tab.recordFailedAtMs, clocks.clock.wallMs());
      tab.isRecordBack = false;
      // What it reads from now on nobody else has.
      users.forget(tab);
    }),
    network(type: 'online' | 'offline'): void {
      provider.isOffline = type === 'offline';
      for (const { life, page } of run.tabs)
        life.run(() => {
          Object.assign(page.window.navigator, { onLine: type === 'online' });
          page.network(type);
        });
    },
    hide: inTab((tab) => {
      tab.life.isHidden = true;
      tab.page.hide();
    }),
    /** Only a person does that. */
    show: inTab((tab) => tab.life.isHidden && beThere(tab, () => show(tab))),
    showAll: (): void => run.tabs.forEach(show),
    breakStorage: inTab((tab, how: StorageFailure) => {
      mendStorage(tab);
      Object.assign(tab, { storageFailure: how, hasStorageFailed: true });
    }),
    mendStorage: inTab(mendStorage),
    mendStorages: (): void => run.tabs.forEach(mendStorage),
    /** A browser that needs the room removes what an app has kept. */
    loseStored(): void {
      run.entries.clear();
      for (const { tabStorage } of run.tabs) tabStorage.delete(CHANNEL);
    },
    mendRecord: inTab((tab) => {
      tab.isRecordBack = true;
      for (const tell of tab.onRecordMended) tell();
      tab.onRecordMended.clear();
    }),
    jumpWall(ms: number): void {
      clocks.jumpWall(ms);
      if (ms >= 0) return;
      for (const tab of run.tabs) {
        if (tab.session.status === 'loading') tab.blindBeforeMs = run.blindBeforeMs();
        // The epochs that it begins by itself are numbered by the clock that was set back.
        tab.recordFailedAtMs += ms;
      }
    },
    clearSiteData(): void {
      lose(run.disk);
      run.entries.clear();
      for (const { tabStorage } of run.tabs) tabStorage.clear();
      for (const oracle of [run.spending, run.epochs, run.presence, users]) oracle.onLost();
      run.met('site data cleared');
      // No epoch begins in the very millisecond in which another one did.
      clocks.suspend(1);
    },
    foreign(what: Foreign): void {
      const { epoch, generation } = contentOf(run.disk);
      const old = run.posted.filter((one) => Object(Object(one).shared).lease);
      const [oldest] = old;
      const asked = run.posted.findLast((one) => Object(one).type === 'asked');
      const messages: Record<Foreign, unknown> = {
        garbage: [null, 7, 'text', {}, { version: 1, type: 'renewed' }, { version: 1, type: 'asked', id: 7 }][
          callIds++ % 6
        ],
        'of a later version': { version: 2, type: 'renewed', shared: [] },
        'an old message': old[callIds++ % Math.max(1, old.length)] ?? null,
        'old tokens by the right numbers': oldest ?? null,
        'old tokens as an answer': asked && { ...asked, type: 'answered', shared: Object(oldest).shared },
        changed: { version: 1, type: 'changed' },
      };
      const message = structuredClone(messages[what]) as { shared?: Shared } | null;
      const lie = (shared: Shared, counts: Counts, more: object = {}): void => {
        run.lies.tell(shared, counts);
        Object.assign(shared.lease, { ...counts, ...more });
      };
      // Of an epoch that is over, but numbered like its successor's next.
      if (what === 'old tokens by the right numbers' && message?.shared)
        lie(message.shared, { epoch: epoch - 1, generation: generation + 1 });
      if (what === 'old tokens as an answer' && message?.shared)
        lie(message.shared, { epoch, generation }, restOf(message.shared));
      run.channels.postForeign(CHANNEL, message);
    },
    /** The computer sleeps, with both clocks or only the wall clock going on. */
    suspend(ms: number): void {
      clocks.suspend(ms);
      interrupted(ms);
    },
    sleep(ms: number): void {
      clocks.sleep(ms);
      interrupted(ms);
    },
    cookie: (sub: string | undefined): void => void (provider.cookie = sub),
    /** Messages of this kind get stuck on their way, where nothing else decides about it. */
    holdUp: (kind: string): void => run.scheduler.hold?.(new RegExp(kind)),
    letThrough: (): void => run.scheduler.release?.(),
  };

  const interrupted = (ms: number): void => {
    for (const tab of run.tabs) {
      tab.life.interruptions++;
      // A wall clock that was set back hides a sleep that no timer has seen.
      if (!clocks.isBlind) users.onAway(tab, ms, false);
    }
  };

  return acts;
};

export type TabActs = ReturnType<typeof createTabActs>;
