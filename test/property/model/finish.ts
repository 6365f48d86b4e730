import { drainMicrotasks } from '../../../src/testing/virtualClock.ts';
import type { Acts } from './acts.ts';
import { API } from './addresses.ts';
import type { Refusal } from './provider.ts';
import type { Run } from './run.ts';
import { keepsWhatIsNewer, seenOf } from './subject.ts';
import { count } from './tally.ts';

/** Longest pause between two tries of a session that waits for its provider. */
const LONGEST_PAUSE_MS = 300_000;
/** Longest pause while only the network is to blame and requests wait. */
const NETWORK_PAUSE_MS = 5000;

/** What must be so at the end of every run, whatever has happened before. */
export const createFinish = (run: Run, acts: Acts) => {
  const { clocks, provider, own, api, setting, violate, quiet } = run;
  const stateNow = (): string => seenOf(run.session).state;

  const heal = (): void => {
    run.listenersThrow = false;
    acts.undoListeners();
    acts.letGo();
    provider.heal();
    own.heal();
    api.heal();
    acts.letThrough();
    run.lostChunks = 0;
    run.backOnlineMs = -Infinity;
    acts.setBase('home');
    if (run.page.window.document.visibilityState === 'hidden') acts.show();
  };

  /** A person stays for so long; `act` is done at every step, and `check` when all that it set off is over. */
  const stay = async (
    ms: number,
    stepMs: number,
    { act, check }: { act?: () => void; check?: () => void } = {},
  ): Promise<void> => {
    for (let passedMs = 0; passedMs < ms; passedMs += stepMs) {
      await clocks.advance(Math.min(stepMs, ms - passedMs));
      acts.activate();
      acts.stay();
      act?.();
      await quiet();
      check?.();
    }
  };

  const hasNoToken = (): boolean =>
    run.session.status === 'signedIn' && run.session.peekAccessToken() === undefined;

  const checkStorage = (): void => {
    const { status } = run.session;
    const text = [...run.entries.values()].join();
    // A page whose code was lost while it restored, or whose storage did not answer in time, has not looked into it.
    const wasLost = run.log.some((line) => /chunk lost|storage not read in time/.test(line));
    if (run.isStopped || status === 'loading' || wasLost) return;
    if (status === 'signedOut' && text !== '') violate('6: the storage holds tokens of nobody');
    const stored = [...run.mint.refresh].filter(([token]) => text.includes(`"${token}"`));
    // What nobody has answered may be spent, and nobody here can know.
    if (stored.some(([, { isReplaced }]) => isReplaced))
      violate('2: the storage holds a spent refresh token');
  };

  const checkQuiet = (): void => {
    for (const name of run.pendingNames) violate(`3: a call of ${name} never settled`);
    if (run.session.busy && !run.isStopped) violate(`9: busy for ever in ${stateNow()}`);
    if (run.isQuiet) checkStorage();
    run.givenBack.finish();
  };

  /** Invariant 9: whatever happened, a person can sign in and make a request. */
  const probe = async (): Promise<void> => {
    let status = 0;
    const tried = (async () => {
      await acts.signOut();
      // Whoever has signed in in another tab since stays signed in, and would be found.
      acts.signOutElsewhere();
      await acts.signIn();
      ({ status } = await run.session.fetch(`${API}/items`));
    })().catch((error: unknown) => violate(`9: wedged: ${String(error)}`));
    await run.runOut(15_000, 500);
    await Promise.race([tried, drainMicrotasks()]);
    if (status !== 200) violate(`9: the healed session answers ${status} in ${stateNow()}`);
  };

  const signInAnew = async (): Promise<void> => {
    void acts.signOut();
    acts.signOutElsewhere();
    void acts.signIn();
    await quiet();
  };

  /** A person who stays is never without a fresh token, and one who leaves is noticed. */
  const keepAlive = async (): Promise<void> => {
    const { idle, lifeSeconds, maxSeconds } = setting;
    const refreshSeconds = setting.refreshSeconds ?? Infinity;
    const stepMs = Math.min(lifeSeconds * 200, refreshSeconds * 200, 4000);
    await signInAnew();
    const spanSeconds = Math.min(2 * Math.min(lifeSeconds, refreshSeconds), 0.6 * (maxSeconds ?? Infinity));
    const check = (): void => {
      if (run.session.peekAccessToken() === undefined)
        violate(`K: no fresh token for a present user in ${stateNow()}`);
    };
    await stay(spanSeconds * 1000, stepMs, { check });
    if (idle === false) return;
    await clocks.advance(idle.after + 1);
    await quiet();
    await clocks.advance(1000);
    await quiet();
    if (run.session.status === 'signedIn' && !seenOf(run.session).isAway)
      violate(`K: an absent user is still ${stateNow()}`);
  };

  /** The network is away for a while, and says that it is back a little too early. */
  const outage = (act: (() => void) | undefined, pauseMs: number) => async (): Promise<void> => {
    await signInAnew();
    acts.outage(3_600_000);
    acts.network('offline');
    await stay(Math.min(40_000, (setting.refreshSeconds ?? Infinity) * 700), 1000, { ...(act && { act }) });
    const failed = hasNoToken();
    acts.network('online');
    acts.outage(100);
    await quiet();
    await stay(pauseMs + 500, 500, { ...(act && { act }) });
    if (failed && hasNoToken())
      violate(`B: still without a token ${pauseMs / 1000} s after the network is back`);
  };

  /** The provider refuses every renewal from now on. */
  const refused = async (): Promise<void> => {
    const how: Refusal[] = [
      'revoked',
      '401 invalid_request',
      '400 interaction_required',
      '404',
      'invalid_client',
    ];
    await signInAnew();
    acts.refuse(how[run.mint.families.length % how.length]);
    const act = (): void => {
      if (run.session.status === 'signedIn') acts.request();
    };
    // Time that the user is away is not counted against a provider that is not there.
    const stepMs = setting.idle === false ? 15_000 : Math.min(15_000, setting.idle.after / 2);
    await stay(1_500_000, stepMs, { act });
    if (run.session.status === 'signedIn') violate('B: refused for good, and signed in for ever');
  };

  /** The provider asks for a year of patience. */
  const toldToWait = async (): Promise<void> => {
    await signInAnew();
    acts.fault('wait a year');
    await stay(setting.lifeSeconds * 1000, 1000);
    provider.heal();
    await stay(LONGEST_PAUSE_MS + 5000, 5000);
    // Near an absolute limit renewals keep apart, and the last token is used up.
    if (hasNoToken()) acts.request();
    await quiet();
    if (hasNoToken()) violate('B: waits for longer than 5 min at the word of a server');
  };

  const epilogues = {
    stays: keepAlive,
    outage: outage(() => acts.request(), NETWORK_PAUSE_MS),
    'quiet outage': outage(undefined, 2 * NETWORK_PAUSE_MS),
    refused,
    'told to wait': toldToWait,
  };

  const leave = async (): Promise<void> => {
    run.secrets.search('session', run.session);
    run.secrets.search('session actor', run.session.actor);
    acts.stop();
    run.session.stop();
    await run.runOut(12_000);
    const { pendingTimers } = clocks.clock;
    if (pendingTimers > 0) violate(`8: ${pendingTimers} timers left`);
    for (const left of run.page.listening()) violate(`8: still listening: ${left}`);
    await Promise.all(run.checks);
  };

  /** Everything that was asked must settle; then a healed world must be usable again; then nothing may be left. */
  return async (): Promise<void> => {
    const { tally } = run;
    const wasNewer = keepsWhatIsNewer(run.disk);
    heal();
    await run.runOut(75_000);
    // Two departures, one after the other, are given up after half a minute each.
    if (run.session.busy) await run.runOut(60_000);
    if (wasNewer && !keepsWhatIsNewer(run.disk)) violate('9: a field of a newer release is lost');
    checkQuiet();
    await probe();
    run.hurry();
    await epilogues[setting.epilogue]();
    heal();
    await leave();
    tally.runs++;
    count(tally.kinds, `epilogue ${setting.epilogue}`);
    for (const [name, times] of Object.entries({ ...provider.counts, ...api.counts }))
      count(tally.sums, name, times);
  };
};
