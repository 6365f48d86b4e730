import { seenOf } from '../model/subject.ts';
import { count } from '../model/tally.ts';
import type { TabActs } from './acts.ts';
import type { TabRun } from './run.ts';
import { CHANNEL, contentOf } from './subject.ts';
import type { Tab } from './tab.ts';

/** Longer than any holder of the lock is waited for. */
const CALM_MS = 25_000;

/** Some tries of a tab that nobody answers, once it has no fresh token any more. */
const LAST_TRIES_MS = 15_000;

/** How long after a failure of these classes the next try comes at the latest. */
const SLOW_RETRY_MS = 65_000;
const FOR_A_PERSON = new Set<string | undefined>(['configuration', 'interaction']);

const reasonOf = ({ session }: Tab): string | null => session.actor.getSnapshot().context.reason;

/** What must be so at the end of every run, whatever has happened before. */
export const createTabFinish = (run: TabRun, acts: TabActs) => {
  const { clocks, provider, violate, quiet, setting } = run;
  const lifeSeconds = Math.min(setting.lifeSeconds, setting.refreshSeconds ?? Infinity);

  /** So many renewals tabs that share one session need at most, where somebody is there. */
  const mostRenewals = (spanMs: number): number => Math.ceil(spanMs / (lifeSeconds * 500)) + 1;
  /** Without a refresh token a renewal is a silent sign-in. */
  const isRenewedInFrames = setting.rotation === 'none';
  const renewals = (): number => (isRenewedInFrames ? provider.counts.frames : provider.counts.refreshes);

  const nameOf = ({ life, session }: Tab): string => `${life.id} (${seenOf(session).state})`;

  const textOf = (tab: Tab): string => {
    const lease = tab.seat.vault.lease();
    return `${nameOf(tab)} ${lease ? `${lease.epoch}/${lease.generation}` : reasonOf(tab)}`;
  };

  /** Whoever has left for the provider signs in there. */
  const comeBack = (): void => {
    while (run.departures.count > 0) acts.answerPage(0, 'ada');
  };

  /** A person is there, in one of the tabs. */
  const stay = async (ms: number, stepMs: number, check = (): void => {}): Promise<void> => {
    for (let passedMs = 0; passedMs < ms; passedMs += stepMs) {
      // Once in every tab, and then in one.
      for (const number of passedMs === 0 ? run.tabs.keys() : [0]) {
        acts.activate(number);
        acts.stay(number);
      }
      await quiet();
      comeBack();
      await quiet();
      check();
      await run.advance(stepMs);
    }
    await quiet();
  };

  const heal = async (): Promise<void> => {
    acts.letThrough();
    acts.letAllSleep();
    acts.mendStorages();
    acts.network('online');
    acts.showAll();
    provider.heal();
    comeBack();
    await acts.thawAll();
    // By itself until its user reloads it.
    for (const tab of run.tabs) if (tab.recordFailure) acts.closeOne(tab);
    for (const [number, tab] of run.tabs.entries()) if (tab.isStopped) acts.start(number);
    if (run.tabs.length === 0) acts.open();
    await quiet();
  };

  const isOver = (tab: Tab): boolean => tab.session.status === 'signedOut';
  /** Another user has signed in: this tab waits for its app. */
  const isSwitched = (tab: Tab): boolean => isOver(tab) && reasonOf(tab) === 'switched';

  /** All tabs have the same tokens, which the record shows as the newest, or none has any. */
  const checkSame = (when: string): void => {
    const { epoch, generation, who } = contentOf(run.disk);
    const all = run.tabs.filter((tab) => !isSwitched(tab) && !tab.isStopped);
    const told = all.map(textOf).join(', ');
    if (all.some(({ session }) => session.status === 'loading'))
      violate(`C: ${when}, loading for ever: ${told}`);
    if (all.every(isOver)) return;
    if (all.some(isOver)) violate(`C: ${when}, signed in here and out there: ${told}`);
    const isNewest = ({ seat }: Tab): boolean => {
      const lease = seat.vault.lease();
      return lease?.epoch === epoch && lease.generation === generation;
    };
    if (who === null || !all.every((tab) => isOver(tab) || isNewest(tab)))
      violate(`C: ${when}, the record shows ${who} ${epoch}/${generation}: ${told}`);
  };

  const checkPending = (): void => {
    for (const tab of run.tabs)
      for (const name of tab.pending.values()) violate(`3: ${name} never settled in ${nameOf(tab)}`);
  };

  const checkVaults = (when: string): void => {
    for (const tab of run.tabs) {
      if (!isOver(tab)) violate(`6: ${when}, ${nameOf(tab)} is signed in`);
      if (tab.seat.vault.lease()) violate(`6: ${when}, the vault of ${nameOf(tab)} is full`);
    }
    const isKept = run.tabs.some(({ tabStorage }) => tabStorage.has(CHANNEL));
    if (run.entries.size > 0 || isKept) violate(`6: ${when}, the storage holds tokens of nobody`);
  };

  const checkFresh = (): void => {
    for (const tab of run.tabs)
      if (!isSwitched(tab) && tab.session.peekAccessToken() === undefined)
        violate(`K: no fresh token for a present user in ${nameOf(tab)}`);
  };

  /** Somebody signs in, and stays: one renewal serves all. */
  const probe = async (): Promise<void> => {
    acts.signIn(0, 'ada');
    await stay(2000, 2000);
    checkSame('after a sign-in');
    const { status } = run.tabs[0]!.session;
    if (status !== 'signedIn') violate(`9: the healed session is ${status} in ${nameOf(run.tabs[0]!)}`);
    for (const tab of run.tabs) if (isSwitched(tab)) acts.closeOne(tab);
    const before = renewals();
    const spanMs = lifeSeconds * 1500;
    acts.requestEverywhere();
    await stay(spanMs, lifeSeconds * 300, checkFresh);
    checkSame('after a life and a half');
    const times = renewals() - before;
    if (times > mostRenewals(spanMs))
      violate(`2: ${times} renewals in ${spanMs} ms, of tokens of ${lifeSeconds} s`);
  };

  /** A new tab gets the session from a living one. */
  const arrive = async (): Promise<void> => {
    const before = { ...provider.counts };
    if (run.tabs.length > 3) acts.close(3);
    acts.open();
    await stay(1000, 1000);
    const arrived = run.tabs.at(-1)!;
    if (arrived.session.status !== 'signedIn') violate(`T: a new tab gets no session: ${nameOf(arrived)}`);
    const most = isRenewedInFrames ? 1 : 0;
    if (provider.counts.frames - before.frames > most || provider.counts.logins - before.logins > most)
      violate('T: a new tab has asked the provider, and others live');
  };

  const leave = async (): Promise<void> => {
    for (const tab of run.tabs) tab.session.stop();
    for (let times = 0; times < 3; times++) {
      await quiet();
      await run.advance(5000);
    }
    await quiet();
    const { pendingTimers } = clocks.clock;
    if (pendingTimers > 0) violate(`8: ${pendingTimers} timers left`);
    for (const { life, page } of run.tabs) {
      if (run.locks.isUsedBy(life)) violate(`8: ${life.id} still has the lock`);
      if (run.channels.openIn(life) > 0) violate(`8: ${life.id} still listens to the channel`);
      for (const left of page.listening()) violate(`8: still listening: ${left}`);
    }
  };

  return async (): Promise<void> => {
    const { tally } = run;
    run.log.push(`> finish at ${clocks.trueMs()}`);
    await heal();
    count(tally.kinds, `${run.tabs.length} tabs at the end`);
    const { frames } = provider.counts;
    // Tokens that only a tab that is gone has had are missed when the ones before them have expired, and not before.
    const calmMs = Math.max(CALM_MS, lifeSeconds * 1000 + LAST_TRIES_MS);
    await stay(calmMs, 5000);
    // What only a person can mend is tried again slowly.
    const isSlow = run.tabs.some(({ session }) => FOR_A_PERSON.has(seenOf(session).failureClass));
    if (isSlow) await stay(SLOW_RETRY_MS, 5000);
    checkPending();
    checkSame('at last');
    const renewedMs = calmMs + (isSlow ? SLOW_RETRY_MS : 0);
    const mostFrames = 3 * run.tabs.length + (isRenewedInFrames ? mostRenewals(renewedMs) : 0);
    if (provider.counts.frames - frames > mostFrames)
      violate(`S: ${provider.counts.frames - frames} silent sign-ins in ${run.tabs.length} tabs`);
    run.hurry();
    if (setting.stays) {
      await probe();
      await arrive();
    }
    // Tabs that another user's sign-in has ended sign out nobody else.
    if (run.tabs.every(isOver)) {
      acts.open();
      // Those that look for the session of whoever is signed in can wait for a tab that has answered late.
      await stay(2 * LAST_TRIES_MS, 5000);
    }
    acts.signOut(
      Math.max(
        0,
        run.tabs.findLastIndex((tab) => !isOver(tab)),
      ),
    );
    await stay(1000, 1000);
    // What a storage did not remove at the time it does when a page meets it.
    if (run.hasStorageFailed()) {
      for (const _ of run.tabs) acts.reload(0);
      await stay(2 * LAST_TRIES_MS, 5000);
    }
    checkVaults('after the sign-out');
    checkPending();
    await leave();
    tally.runs++;
    for (const [name, times] of Object.entries(provider.counts)) count(tally.sums, name, times);
  };
};
