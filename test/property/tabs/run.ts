import type { InspectionEvent } from 'xstate';
import type { SessionFact } from '../../../machines/sessionEvents.ts';
import { drainMicrotasks } from '../../../src/testing/virtualClock.ts';
import { API, APP, ISSUER } from '../model/addresses.ts';
import { json, netError } from '../model/answer.ts';
import { type Clocks, createClocks } from '../model/clocks.ts';
import { createMint, type IssuedRefresh } from '../model/mint.ts';
import { createPage } from '../model/page.ts';
import { RequestWithText, textOf } from '../model/requestWithText.ts';
import type { Scheduler } from '../model/run.ts';
import { seenOf } from '../model/subject.ts';
import { count, type Tally } from '../model/tally.ts';
import { createChannels } from './channels.ts';
import { createDepartures } from './departures.ts';
import { clockOf, createLife, type Life } from './life.ts';
import { createLocks } from './locks.ts';
import { createEpochs } from './oracles/epochs.ts';
import { createTabGivenBack } from './oracles/givenBack.ts';
import { createLies } from './oracles/lies.ts';
import { createTabPresence } from './oracles/presence.ts';
import { createSpending } from './oracles/spending.ts';
import { createTabUsers } from './oracles/users.ts';
import { createTabProvider } from './provider.ts';
import type { TabSetting } from './setting.ts';
import * as inside from './subject.ts';
import type { Tab } from './tab.ts';

/** What a run of several tabs is made of. */
export interface TabRunParts {
  readonly subject: inside.TabSubject;
  readonly scheduler: Scheduler;
  readonly setting: TabSetting;
  readonly tally: Tally;
}

/** Every hop goes into the log, for whoever reads a failure. */
const isTraced = process.env['VIGIL_TRACE'] !== undefined;

/** How long the gate lets a call wait. */
const WAIT_MS = 8000;

/** A message, an answer of the record or a turn of the lock takes no longer, in a tab that runs. */
const LONGEST_HOP_MS = 1000;

/** A record that works answers sooner: by its second hop, well within what a page waits for it after a sleep. */
const LONGEST_RECORD_HOP_MS = 250;

/** For so long a tab waits for the storage. */
const LONGEST_STORAGE_MS = 2000;

/** What can take any time. */
const NETWORK = /arrives|answered|request|revo|authori/;

/** A call of the app. */
export interface TabCall {
  readonly tab: Tab;
  /** Who was shown when it began. */
  readonly sub: string | undefined;
  handed: number;
  /** What has become of it: a status, or the code of its error; `undefined` while it waits or is on its way. */
  outcome: string | undefined;
}

/** Of an entry in a storage. */
const epochIn = (entry: string): number => Number(/"epoch":(\d+)/.exec(entry)?.[1]);

/** One run: tabs, what they share, a provider, and everything that watches them. */
export const createTabRun = ({ subject, scheduler, setting, tally }: TabRunParts) => {
  const clocks: Clocks = createClocks();
  const violations: string[] = [];
  const log: string[] = [];
  const disk: inside.Disk = { content: undefined };
  const entries = new Map<string, string>();
  /** What the storage was ever given. */
  const stored: string[] = [];
  const calls = new Map<string, TabCall>();
  const posted: unknown[] = [];
  let tabs: Tab[] = [];
  let ids = 0;
  let hops = 0;
  let begun = 0;
  let begunBefore = 0;
  let moves = 0;
  let movesBefore = 0;
  let isPrompt = false;
  /** In any tab that there ever was. */
  let hasStorageFailed = false;
  /** Whoever has begun or ended an epoch last tells the others, unless its record fails ahead of the answer. */
  let lastToTell: Life | undefined;

  const note = (what: string): void => void log.push(`  ${what}`);
  const violate = (what: string): void => {
    if (violations.includes(what)) return;
    violations.push(what);
    log.push(`!! ${what}`);
  };
  const met = (what: string): void => {
    note(what);
    count(tally.kinds, `met: ${what}`);
  };

  /** What is on its way within the browser: that takes no long time, unless the tab stands still. */
  const within = new Set<() => void>();
  const withinRecord = new Set<() => void>();

  const pass = async (label: string): Promise<void> => {
    hops++;
    begun++;
    moves++;
    if (isTraced) note(`. ${label} at ${clocks.trueMs()}`);
    const passed = isPrompt ? Promise.resolve() : scheduler.schedule(Promise.resolve(), label);
    const hurried = new Promise<void>((resolve) => {
      if (NETWORK.test(label)) return;
      const hurry = label.startsWith('record') ? withinRecord : within;
      hurry.add(resolve);
      void passed.then(() => hurry.delete(resolve));
    });
    await Promise.race([passed, hurried]);
    hops--;
    moves++;
  };

  const hasMoved = (): boolean => {
    const isSo = moves !== movesBefore;
    movesBefore = moves;
    return isSo;
  };

  /** Time goes by. */
  const advance = async (ms: number): Promise<void> => {
    for (let passedMs = 0; passedMs < ms; passedMs += LONGEST_RECORD_HOP_MS) {
      await clocks.advance(Math.min(LONGEST_RECORD_HOP_MS, ms - passedMs));
      if (passedMs + LONGEST_RECORD_HOP_MS > ms) return;
      const isLong = (passedMs + LONGEST_RECORD_HOP_MS) % LONGEST_HOP_MS === 0;
      for (const late of isLong ? [withinRecord, within] : [withinRecord]) {
        for (const resolve of late) resolve();
        late.clear();
      }
    }
  };

  const mint = createMint(clocks, {
    ...setting,
    skewMs: 0,
    renewal: setting.rotation === 'none' ? 'frame' : 'refresh token',
  });
  const isByItself = (life: Life): boolean =>
    tabs.some((tab) => tab.life === life && tab.recordFailure !== undefined);
  /** What a tab has signed in to by itself it puts into the storage, where others find it. */
  const isOwn = (life: Life): boolean =>
    tabs.some((tab) => tab.life === life && Number(tab.seat.vault.lease()?.epoch) >= tab.recordFailedAtMs);
  const heldBy = (life: Life) => {
    const vault = tabs.find((tab) => tab.life === life)?.seat.vault;
    const lease = vault?.lease();
    if (!vault || !lease) return undefined;
    const { refreshToken = '' } = vault.permitRenewal().read() ?? {};
    return { ...lease, issued: mint.refresh.get(refreshToken) };
  };
  /** Its last second no client counts on. */
  const isSpendable = ({ family, isSpent, untilMs }: IssuedRefresh): boolean =>
    !isSpent && Math.min(family.endsMs, untilMs) > clocks.trueMs() + 1000;
  const isRenewable = ({ epoch, generation }: inside.SessionRecord): boolean =>
    tabs.some(({ life }) => {
      const held = life.isFrozen ? undefined : heldBy(life);
      const isNewest = held?.epoch === epoch && held.generation === generation;
      return isNewest && !!held?.issued && isSpendable(held.issued);
    });
  const lies = createLies(mint);
  const spending = createSpending({
    violate,
    met,
    isByItself,
    isDeceived: lies.isDeceived,
    isKept: setting.rotation === 'same',
    isUnaware: (life) => setting.storage !== false && isByItself(life) && (!life.hasHeard || isOwn(life)),
    heldBy,
  });
  const users = createTabUsers(mint, violate);
  const presence = createTabPresence(clocks, setting, { violate, isRenewable });
  const epochs = createEpochs(violate);
  const givenBack = createTabGivenBack(
    (token) => (mint.refresh.get(token) ?? mint.access.get(token))?.family,
    violate,
    spending.isPutBack,
  );
  const locks = createLocks(pass, met);
  const channels = createChannels(pass, {
    onPost(data, life) {
      posted.push(structuredClone(data));
      const { type, shared } = Object(data) as {
        type?: string;
        shared?: { tokens?: { accessToken?: string }; lease?: { epoch?: number; generation?: number } };
      };
      const { accessToken } = shared?.tokens ?? {};
      const isKept = accessToken === undefined || stored.some((value) => value.includes(accessToken));
      const { issuedAtMs = 0 } = mint.access.get(accessToken ?? '') ?? {};
      const isLost = tabs.some((tab) => (!life || tab.life === life) && tab.hasStorageFailed);
      const isGivenUp = isLost || clocks.trueMs() - issuedAtMs >= LONGEST_STORAGE_MS;
      // Those that are not the newest any more are kept by nobody, and taken by nobody.
      const newest = inside.contentOf(disk);
      const { epoch = 0, generation } = shared?.lease ?? {};
      const isOld =
        epoch !== newest.epoch ||
        generation !== newest.generation ||
        // Of a sign-in that no record shows.
        stored.some((entry) => epochIn(entry) > epoch);
      // Whoever tells those of another tab again leaves it to that one to keep them.
      const isTheirs = life === undefined || spending.isCommittedBy(life, shared?.lease);
      // A new tab reads it where nobody answers.
      if (type === 'renewed' && setting.storage && isTheirs && !isKept && !isGivenUp && !isOld)
        violate('O: tokens are announced before the storage has them');
      count(tally.kinds, `message ${type}`);
      if (isTraced) note(`${type} is posted`);
    },
    onHeard: lies.onHeard,
    onThrown: (thrown) => violate(`4: a message made a tab throw ${String(thrown)}`),
  });
  const provider = createTabProvider(clocks, mint, spending, { pass, met, ...setting });

  const departures = createDepartures(provider, {
    pass,
    violate,
    isAsked: ({ pending }) => [...pending.values()].some((name) => /^(require|signIn|signOut)/.test(name)),
    leave(tab, isReplaced) {
      if (isReplaced || locks.isUsedBy(tab.life)) return remove(tab);
      tab.page.rest();
      Object.assign(tab, { away: 'cached', awaySince: clocks.noted() });
      tab.life.freeze();
    },
    arrive(tab, url) {
      // Its user has gone back, or has closed it.
      if (tab.life.isAlive && tab.away !== 'cached') return;
      if (tab.life.isAlive) remove(tab);
      else if (tabs.length >= 4) return;
      met('a page is back from the provider');
      const back = open(tab.tabStorage, tab.isAlone, url);
      track(back, 'start', back.session.start());
    },
  });

  const onWrite = (life: Life, before: inside.SessionRecord, after: inside.SessionRecord): void => {
    const { epoch, generation, who, mark, endReason } = after;
    note(`record by ${life.id}: ${JSON.stringify({ epoch, generation, who, mark, endReason })}`);
    const isForeignMark = before.mark !== null && after.mark !== null && after.mark !== before.mark;
    if (isForeignMark) met('a found mark dated anew');
    if (before.epoch === 0 && after.epoch > 0 && generation > 1) met('a lost record written anew');
    for (const oracle of [presence, epochs]) oracle.onWrite(life, before, after);
    // Whoever never hears of it has committed nothing.
    const writer = tabs.find((tab) => tab.life === life);
    const isHeard = writer?.recordFailure === undefined || writer.isRecordBack;
    if (before.epoch !== after.epoch || before.who !== after.who) lastToTell = life;
    if (isHeard) spending.onWrite(life, before, after);
  };

  const callOf = (request: Request): TabCall | undefined => calls.get(request.headers.get('x-call') ?? '');

  const checkLife = (bearer: string, { blindBeforeMs }: Tab): void => {
    const { issuedAtMs = 0, lifeMs = Infinity } = mint.access.get(bearer) ?? {};
    const leftMs = issuedAtMs + lifeMs - clocks.trueMs();
    const marginMs = Math.max(Math.min(10_000, lifeMs / 5), lifeMs >= 4000 ? 1000 : 0);
    const isBlind = clocks.isBlind || issuedAtMs < blindBeforeMs;
    if (leftMs < marginMs && !isBlind) violate(`1: handed out with ${leftMs} ms left of ${lifeMs}`);
  };

  const answerApi = async (request: Request, tab: Tab): Promise<Response> => {
    const bearer = request.headers.get('authorization')?.match(/^Bearer (.*)$/)?.[1];
    const call = callOf(request);
    if (call) call.handed++;
    count(tally.sums, 'requests');
    if (bearer !== undefined) {
      count(tally.sums, 'authorized');
      checkLife(bearer, tab);
      users.onHandOff(tab, bearer, call?.sub);
    }
    await pass(`request from ${tab.life.id}`);
    if (provider.isOffline) throw netError();
    const held = mint.access.get(bearer ?? '');
    const isFresh =
      held && mint.isAlive(held.family) && held.issuedAtMs + (held.lifeMs ?? 0) > clocks.trueMs();
    await tab.life.hop('request answered');
    return json(isFresh ? 200 : 401, {});
  };

  const serveFor =
    (find: () => Tab) =>
    async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
      const tab = find();
      const request = new RequestWithText(input, init);
      // Its last task can take more microtasks than are waited for ahead of its end.
      if (!tab.life.isAlive) return new Promise(() => {});
      if (!request.url.startsWith(ISSUER)) return answerApi(request, tab);
      const form = new URLSearchParams(textOf(request));
      note(`${tab.life.id} sends ${form.get('grant_type') ?? 'a revocation'}`);
      if (request.url === `${ISSUER}/token`) return provider.token(form, tab.life, request.signal);
      const known = inside.contentOf(disk);
      // A tab whose record has failed cannot write the end that the app's policy makes, and tells its own epochs by the wall clock.
      const isOver = isByItself(tab.life) && (presence.isOver(known) || clocks.hasJumped);
      const read = (): inside.SessionRecord => inside.contentOf(disk);
      const onArrival = isOver ? () => {} : givenBack.onRevocation(tab, form.get('token') ?? '', tabs, read);
      return provider.revoke(form, tab.life, onArrival);
    };

  const storageOf = (life: Life, kept: Map<string, string>, find: () => Tab) => {
    const reach = async (what: 'get' | 'set' | 'remove'): Promise<void> => {
      await life.hop(`storage ${what}`);
      const { storageFailure: failure, onStorageMended } = find();
      hasStorageFailed ||= failure !== undefined;
      if (failure === 'throws' || (failure === 'full' && what === 'set'))
        throw new DOMException('full', 'QuotaExceededError');
      if (failure === 'hangs') await new Promise<void>((resolve) => onStorageMended.add(resolve));
    };
    return {
      get: (key: string) => reach('get').then(() => kept.get(key)),
      async set(key: string, value: string): Promise<void> {
        await reach('set');
        kept.set(key, value);
        stored.push(value);
      },
      remove: (key: string) => reach('remove').then(() => void kept.delete(key)),
    };
  };

  const inspectFor =
    (find: () => Tab) =>
    (event: InspectionEvent): void => {
      const look = event.type === '@xstate.event' ? inside.lookIn(event.event) : undefined;
      if (look) users.onLook(find(), look);
      if (event.type === '@xstate.event' && inside.isCaughtUp(event.event))
        met('newer tokens of another tab taken');
      if (event.type !== '@xstate.snapshot') return;
      const { value } = event.snapshot as { value?: unknown };
      if (value) count(tally.states, JSON.stringify(value));
    };

  const onFact = (tab: Tab, fact: SessionFact): void => {
    note(`${tab.life.id} tells ${JSON.stringify(fact)} at ${clocks.trueMs()}`);
    if (fact.type === 'signedIn') presence.told(tab.life);
    // By itself a tab cannot know the numbers of others: no epoch begins in the very millisecond in which another one did.
    if (fact.type === 'signedIn' && tabs.some(({ recordFailure }) => recordFailure)) clocks.suspend(1);
    count(tally.kinds, fact.type === 'expired' ? `expired ${fact.reason}` : `fact ${fact.type}`);
  };

  /** Since when nothing tells a page that restores by the wall clock how old its tokens are. */
  const blindBeforeMs = (): number => {
    const { highestWallMs } = inside.contentOf(disk);
    return clocks.isSetBack && highestWallMs <= clocks.clock.wallMs() ? clocks.trueMs() : -Infinity;
  };

  /** A call of the app in this tab: it must settle. */
  const track = (tab: Tab, name: string, promise: Promise<unknown>): void => {
    const tracked: Promise<void> = promise
      .then(
        () => undefined,
        () => undefined,
      )
      .then(() => void tab.pending.delete(tracked));
    tab.pending.set(tracked, `${name} at ${clocks.trueMs()}`);
  };

  /** A tab is opened, or one is loaded anew. */
  const open = (tabStorage = new Map<string, string>(), isAlone = false, url = `${APP}/`): Tab => {
    const life = createLife(++ids, pass);
    const page = createPage({
      url,
      tab: tabStorage,
      onNavigate: (to, how) => (
        note(`${life.id} leaves for ${to.split('?')[0]}`),
        void departures.leave(tab, to, how?.replaces ?? false)
      ),
      askInFrame: (address, limitMs) => (
        note(`${life.id} asks in a frame`),
        provider.askInFrame(address, limitMs, life)
      ),
    });
    const seat = subject.createSeat();
    let random = 0.37 + life.id / 100;
    const session = inside.openTabSession(subject, seat, setting, {
      life,
      clock: clockOf(life, clocks.clock, hasMoved),
      random: () => (random = (random * 997) % 1),
      window: page.window,
      page: page.seams,
      disk,
      watch: {
        onWrite: (...change) => onWrite(life, ...change),
        onRead: (...reading) => users.onRead(tab, !!lastToTell && isByItself(lastToTell), ...reading),
        failure: () => (tab.isRecordBack ? undefined : tab.recordFailure),
        untilMended: () => new Promise((resolve) => tab.onRecordMended.add(resolve)),
        // Where there is no room for anything new the next note fails again.
        onBack: () =>
          tab.isRecordBack &&
          Object.assign(tab, { recordFailure: undefined, recordFailedAtMs: Infinity, isRecordBack: false }),
      },
      locks,
      channels,
      isAlone,
      storage: setting.storage
        ? storageOf(life, isAlone || setting.storage === 'own' ? tabStorage : entries, () => tab)
        : undefined,
      fetch: serveFor(() => tab),
      activity: (listener) => ((tab.onActive = listener), () => (tab.onActive = undefined)),
      inspect: inspectFor(() => tab),
      onWarning(warning) {
        const { code } = Object(warning) as { code?: string };
        count(tally.kinds, `warning ${code}`);
        note(`${life.id} warns: ${code}`);
        if (code === 'record_unavailable' && !tab.recordFailure)
          violate(`R: ${life.id} gives up a record that works`);
      },
    });
    const tab: Tab = {
      life,
      page,
      seat,
      session,
      tabStorage,
      isAlone,
      isBack: url.includes('state='),
      onActive: undefined,
      isStopped: false,
      away: undefined,
      awaySince: clocks.noted(),
      blindBeforeMs: blindBeforeMs(),
      recordFailure: undefined,
      recordFailedAtMs: Infinity,
      isRecordBack: false,
      onRecordMended: new Set(),
      storageFailure: undefined,
      hasStorageFailed: false,
      onStorageMended: new Set(),
      awake: [],
      pending: new Map(),
    };
    session.on('*', (fact) => onFact(tab, fact));
    tabs.push(tab);
    return tab;
  };

  /** The document of this tab is gone, and with it what it knew. */
  const remove = (tab: Tab): void => {
    tab.life.die();
    locks.died(tab.life);
    channels.died(tab.life);
    spending.onDied(tab.life);
    users.forget(tab);
    tabs = tabs.filter((one) => one !== tab);
    // What is left of it in this process belongs to no run.
    tab.pending.clear();
  };

  const look = (): void => {
    // What follows a message can take more microtasks than one drain lets by.
    const isQuiet = hops === 0 && begun === begunBefore;
    begunBefore = begun;
    spending.look();
    for (const tab of tabs) {
      if (seenOf(tab.session).hasDied) violate(`9: the machine of ${tab.life.id} has died`);
      users.look(tab, isQuiet, inside.contentOf(disk));
    }
  };

  const settle = async (): Promise<void> => {
    await drainMicrotasks();
    look();
  };

  /** Until nothing is on its way any more, but for what is held. */
  const quiet = async (): Promise<void> => {
    for (let rounds = 0; rounds < 12; rounds++) {
      await scheduler.waitIdle();
      await settle();
      if (rounds > 1 && hops === 0) return;
    }
  };

  return {
    clocks,
    setting,
    tally,
    violations,
    violate,
    met,
    note,
    log,
    disk,
    entries,
    calls,
    posted,
    mint,
    provider,
    spending,
    lies,
    epochs,
    givenBack,
    users,
    presence,
    locks,
    channels,
    scheduler,
    hasStorageFailed: (): boolean => hasStorageFailed,
    waitMs: WAIT_MS,
    advance,
    blindBeforeMs,
    open,
    remove,
    look,
    settle,
    quiet,
    get tabs() {
      return tabs;
    },
    track,
    departures,
    /** From now on everything is answered at once. */
    hurry: (): void => void (isPrompt = true),
    api: `${API}/items`,
  };
};

export type TabRun = ReturnType<typeof createTabRun>;
