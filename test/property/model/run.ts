import type fc from 'fast-check';
import type { InspectionEvent } from 'xstate';
import type { SessionFact } from '../../../machines/sessionEvents.ts';
import type { TokenResponse } from '../../../src/grants/tokenResponse.ts';
import type { Session } from '../../../src/session/session.ts';
import { drainMicrotasks } from '../../../src/testing/virtualClock.ts';
import { APP, endpointsOf, ISSUER } from './addresses.ts';
import { netError } from './answer.ts';
import { createApi } from './api.ts';
import type { Call } from './call.ts';
import { type Clocks, createClocks } from './clocks.ts';
import { createFlights } from './flights.ts';
import { createMint, type Family } from './mint.ts';
import { createDepartures } from './oracles/departures.ts';
import { createEnds } from './oracles/ends.ts';
import { createGivenBack } from './oracles/givenBack.ts';
import { createPresence } from './oracles/presence.ts';
import { createSecrets } from './oracles/secrets.ts';
import { createUsers } from './oracles/users.ts';
import { createWaiting, WAIT_MS } from './oracles/waiting.ts';
import { createOwnGrants } from './ownGrants.ts';
import { createPage, type FakePage } from './page.ts';
import { createProvider, type ProviderWatch } from './provider.ts';
import { RequestWithText, textOf } from './requestWithText.ts';
import type { Setting } from './setting.ts';
import { createSignIns } from './signIns.ts';
import { type Stage, subOf } from './stage.ts';
import * as inside from './subject.ts';
import { count, type Tally } from './tally.ts';

/** Decides when a message goes on. */
export type Scheduler = Pick<fc.Scheduler, 'waitIdle'> & {
  schedule(task: Promise<void>, label: string): Promise<unknown>;
  /** From now on messages of this kind stay where they are. */
  hold?(kind: RegExp): void;
  /** What is held goes on, all of it or of this kind. */
  release?(kind?: RegExp): void;
};

/** What a run is made of. */
export interface RunParts {
  readonly subject: inside.Subject;
  readonly scheduler: Scheduler;
  readonly setting: Setting;
  readonly tally: Tally;
}

/** One run: a session, a provider, a person and a hostile world, and everything that watches them. */
export const createRun = ({ subject, scheduler, setting, tally }: RunParts) => {
  const clocks: Clocks = createClocks();
  clocks.clock.jumpWall(Math.abs(setting.wallOffsetMs));
  const violations: string[] = [];
  const log: string[] = [];
  const violate = (what: string): void => {
    if (violations.includes(what)) return;
    violations.push(what);
    log.push(`!! ${what}`);
  };
  const disk: inside.Disk = { content: undefined };
  const entries = new Map<string, string>();
  const tab = new Map<string, string>();
  const pending = new Map<Promise<unknown>, string>();
  const calls = new Map<string, Call>();
  const checks: Promise<void>[] = [];
  const origins = new Set(setting.origins.map((origin) => (origin === 'self' ? APP : origin)));

  let session!: Session<unknown>;
  let page!: FakePage;
  let seat!: ReturnType<typeof subject.createSeat>;
  let pages = 0;
  let hops = 0;
  let unwritten = 0;
  let isLoaded = false;
  let isStopped = false;
  let backOnlineMs = -Infinity;
  let listenersThrow = false;
  /** How often the code cannot be loaded: the app was deployed anew. */
  let lostChunks = 0;
  let isPrompt = false;
  let onActive: (() => void) | undefined;
  /** Where the page has left for, and stays until somebody does something there. */
  let leftFor: string | undefined;

  const stage: Stage = {
    clocks,
    setting,
    violate,
    get session() {
      return session;
    },
    get isStopped() {
      return isStopped;
    },
    get isQuiet() {
      return hops === 0 && !session.busy;
    },
  };

  const signIns = createSignIns();
  const secrets = createSecrets(violate);
  const users = createUsers(stage, signIns);
  const ends = createEnds(stage, disk);
  const givenBack = createGivenBack(stage, disk);
  const waiting = createWaiting(stage);
  const presence = createPresence(stage);
  const departures = createDepartures(stage, signIns);

  /** A page that was left hears nothing any more. */
  const hop = async (label: string): Promise<void> => {
    const from = pages;
    hops++;
    // A task that rejects would end the process: faults are thrown after the hop.
    await (isPrompt ? Promise.resolve() : scheduler.schedule(Promise.resolve(), label));
    if (from !== pages) await new Promise(() => {});
    hops--;
  };

  /** The same for all of one request, however long the provider takes. */
  const hopsOfPage = (): typeof hop => {
    const from = pages;
    return async (label) => {
      if (from !== pages) await new Promise(() => {});
      await hop(label);
    };
  };

  const held = (): Family | undefined => mint.families.findLast(({ sub }) => sub === subOf(stage));

  const onSignIn: ProviderWatch['onSignIn'] = (family, { isSilent, isNamed, isUsable, from }) => {
    const signIn = signIns.get(family.signIn);
    const isGivenUp = signIn ? signIn.isGivenUp : ends.isSignedOut;
    if (isGivenUp && isUsable) givenBack.onCancelled(family);
    if (signIn) signIn.family = family;
    if (signIn && !isNamed && subOf(stage)) signIn.mustFail = true;
    if (!isSilent) presence.present();
    if (isSilent && session.status === 'signedIn' && !isGivenUp) {
      if (from && isUsable) users.onRenewal(from, family);
    } else users.onSignIn(family);
  };

  const onRenewal = (from: Family, to: Family): void => {
    users.onRenewal(from, to);
    givenBack.onRenewal(from, to);
    ends.onRenewal();
  };

  const met = (what: string): void => count(tally.kinds, `met: ${what}`);
  const mint = createMint(clocks, setting);
  const flights = createFlights(violate);
  const provider = createProvider(clocks, mint, flights, {
    violate,
    met,
    onSignIn,
    onRenewal,
    held,
    onHopeless: departures.onHopeless,
  });
  const own = createOwnGrants(clocks, mint, flights, provider, {
    violate,
    met,
    onSignIn,
    onRenewal,
    held,
    onHopeless: () => {},
  });
  const api = createApi(clocks, mint, {
    origins,
    calls,
    watch: {
      violate,
      met,
      // What belongs to an older token than the one at hand comes too late to mean anything.
      onAlongside: (from, to, bearer) => {
        if (session.peekAccessToken() === bearer) users.onRenewal(from, to);
      },
    },
  });

  const serve = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const address = typeof input === 'string' ? new URL(input, page.base).href : input;
    const request = new RequestWithText(address, init);
    const form = new URLSearchParams(textOf(request));
    const isToken = request.url === `${ISSUER}/token`;
    if (isToken && form.get('grant_type') === 'refresh_token') presence.onRenewalSent();
    const isApi = !request.url.startsWith(ISSUER);
    if (isApi) api.check(request);
    if (clocks.trueMs() < backOnlineMs) {
      const family = provider.givenBackBy(form);
      // It was tried, and no sign-out waits for the network.
      if (family) family.isGivenBack = true;
      await hop('no network');
      throw netError();
    }
    if (isApi) return api.answer(request, hop);
    return isToken ? provider.token(form, hopsOfPage(), request.signal) : provider.revoke(form, hop);
  };

  const inspect = (event: InspectionEvent): void => {
    if (event.type === '@xstate.microstep')
      for (const edge of inside.edgesTaken(event)) count(tally.edges, edge);
    if (event.type === '@xstate.snapshot') {
      const { value } = event.snapshot as { value?: unknown };
      if (value) count(tally.states, JSON.stringify(value));
      secrets.search('snapshot', event.snapshot);
      secrets.searchContext(inside.contextOf(event.snapshot));
    }
    if (event.type === '@xstate.event') {
      secrets.search('event', event.event);
      if (inside.isAdoption(event.event)) count(tally.sums, 'adopted token sets');
    }
    if (event.type === '@xstate.action') secrets.search('action', event.action);
    if (listenersThrow) throw new Error('an inspector');
  };

  const storage = {
    get: (key: string) => hop('storage get').then(() => entries.get(key)),
    set: (key: string, value: string) => hop('storage set').then(() => void entries.set(key, value)),
    remove: (key: string) => hop('storage remove').then(() => void entries.delete(key)),
  };

  const ownSignIn = (asked: object): Promise<unknown> => {
    if (signIns.wanted.length === 0) violate('L: the app is asked for a sign-in that nobody wants any more');
    return own.signIn(asked, hop);
  };

  const ownGrants = {
    refresh: (token: string | undefined) => (presence.onRenewalSent(), own.refresh(token, hop)),
    ...(setting.renewal === 'cookie' && { signIn: ownSignIn }),
  };

  const onFact = (fact: SessionFact): void => {
    secrets.search('fact', fact);
    log.push(`${JSON.stringify(fact)} at ${clocks.trueMs()}`);
    count(tally.kinds, `fact ${fact.type}`);
    users.onFact(fact);
    if (fact.type === 'expired') api.endAll();
    if (fact.type === 'expired') count(tally.kinds, `expired ${fact.reason}`);
    if (fact.type === 'signedIn') departures.breakChain();
    if (fact.type === 'idled') presence.onIdled();
    if (listenersThrow) throw new Error('a listener of the app');
  };

  const look = (): void => {
    if (inside.seenOf(session).hasDied) violate('9: the machine has died');
    for (const oracle of [users, ends, givenBack, waiting]) oracle.look();
  };

  const settle = async (): Promise<void> => {
    await drainMicrotasks();
    look();
  };

  /** Until nothing is on its way any more, but for what is held. A sign-in takes more microtasks than one drain lets by. */
  const quiet = async (): Promise<void> => {
    for (let rounds = 0; rounds < 8; rounds++) {
      await scheduler.waitIdle();
      await settle();
      if (rounds > 1 && hops === 0) return;
    }
  };

  const navigate = (url: string): void => {
    log.push(`left for ${url.replace(/\?.*prompt=/, ' prompt=').replace(/[?&].*/, '')}`);
    count(tally.sums, 'departures');
    departures.onNavigate(url);
    if (!provider.isSignOutPage(url)) provider.arrive(url);
    leftFor = url;
  };

  /** A page is loaded: memory and everything in flight of the one before are gone. */
  const load = (url: string): void => {
    pages++;
    hops = 0;
    unwritten = 0;
    isLoaded = false;
    isStopped = false;
    leftFor = undefined;
    pending.clear();
    calls.clear();
    for (const oracle of [users, ends, givenBack, waiting]) oracle.forget();
    signIns.forget();
    flights.forget();
    api.forgetSignIns();
    presence.forgetCalls();
    page = createPage({
      url,
      tab,
      onNavigate: navigate,
      askInFrame: (address, limitMs) => provider.askInFrame(address, limitMs, hop),
    });
    page.listenFirst('pageshow', () => look());
    seat = subject.createSeat();
    open();
  };

  /** The app's code runs, for the first time in this page or anew. */
  const open = (): void => {
    let random = 0.37;
    const onRead = (beganAtTurn: number): void => {
      presence.onRead();
      ends.onRead(beganAtTurn);
      // Whether the same user is signed in elsewhere is judged by what is read here.
      givenBack.look();
    };
    session = inside.openSession(subject, seat, setting, {
      clock: clocks.clock,
      random: () => (random = (random * 997) % 1),
      window: page.window,
      page: page.seams,
      disk,
      watch: {
        async hop(label) {
          if (label === 'record update') unwritten++;
          await hop(label);
        },
        onRead,
        onWritten: () => void unwritten--,
        turn: () => ends.turn,
      },
      fetch: serve,
      async loadChunk() {
        await hop('chunk');
        if (lostChunks-- > 0) throw netError();
        isLoaded = true;
      },
      options: {
        issuer: ISSUER,
        endpoints: endpointsOf(setting.endSession),
        waitTimeout: WAIT_MS,
        extractTokens: ({ headers }) => JSON.parse(headers.get('x-tokens') ?? 'null') as TokenResponse | null,
        activity: (listener) => ((onActive = listener), () => (onActive = undefined)),
        storage: setting.storage ? storage : undefined,
        grants: setting.renewal === 'own' || setting.renewal === 'cookie' ? ownGrants : undefined,
        inspect,
        onWarning(warning) {
          secrets.search('warning', warning);
          const isUnread = Object(warning).code === 'storage_ignored' && session.status === 'loading';
          if (isUnread) log.push('storage not read in time');
        },
      },
    });
    session.on('*', onFact);
    session.subscribe(() => {
      if (listenersThrow) throw new Error('a subscriber of the app');
    });
  };

  load(`${APP}/`);

  return {
    clocks,
    setting,
    tally,
    violations,
    violate,
    log,
    disk,
    entries,
    origins,
    calls,
    checks,
    mint,
    flights,
    provider,
    own,
    api,
    signIns,
    users,
    ends,
    givenBack,
    waiting,
    presence,
    departures,
    secrets,
    scheduler,
    load,
    open,
    look,
    get session() {
      return session;
    },
    get page() {
      return page;
    },
    get isQuiet() {
      return stage.isQuiet;
    },
    get isStopped() {
      return isStopped;
    },
    set isStopped(value: boolean) {
      isStopped = value;
    },
    /** Whether what ends now may not have been written down: without its second chunk a page writes nothing. */
    get isUnwritten() {
      return unwritten > 0 || !isLoaded;
    },
    get leftFor() {
      return leftFor;
    },
    set leftFor(url: string | undefined) {
      leftFor = url;
    },
    get onActive() {
      return onActive;
    },
    get pendingNames(): string[] {
      return [...pending.values()];
    },
    set listenersThrow(on: boolean) {
      listenersThrow = on;
    },
    /** From now on everything is answered at once. */
    hurry: (): void => void (isPrompt = true),
    set lostChunks(value: number) {
      lostChunks = value;
    },
    set backOnlineMs(value: number) {
      backOnlineMs = value;
    },
    /** A call of the app: it must settle. */
    track(name: string, promise: Promise<unknown>): void {
      const tracked: Promise<void> = promise
        .then(
          () => undefined,
          (error: unknown) => secrets.searchError(error),
        )
        .then(() => void pending.delete(tracked));
      pending.set(tracked, name);
    },
    /** A start that was stopped before anything was known is settled by the next one, if there is one. */
    forgetStarts(): void {
      for (const [promise, name] of pending) if (name === 'start') pending.delete(promise);
    },
    /** Everything that reaches the console is a log line. */
    logged(things: unknown[]): void {
      for (const thing of things) {
        if (thing instanceof Error) secrets.searchError(thing);
        else secrets.search('log', thing);
      }
    },
    settle,
    quiet,
    /** Time goes by. */
    async runOut(ms: number, stepMs = 1000): Promise<void> {
      for (let passedMs = 0; passedMs < ms; passedMs += stepMs) {
        await quiet();
        await clocks.advance(stepMs);
      }
      await quiet();
    },
  };
};

export type Run = ReturnType<typeof createRun>;
