import fc from 'fast-check';
import ky from 'ky';
import type { InspectionEvent } from 'xstate';
import type * as Assemble from '../../../src/session/assembleSession.ts';
import type { TokenResponse } from '../../../src/grants/tokenResponse.ts';
import type * as GrantsModule from '../../../src/grants/index.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import type { RecordStore } from '../../../src/record/sessionRecord.ts';
import type { Platform } from '../../../src/session/platform.ts';
import { resolveOptions } from '../../../src/session/resolveOptions.ts';
import type { Session } from '../../../src/session/session.ts';
import { drainMicrotasks } from '../../../src/testing/virtualClock.ts';
import { textOf } from './requestWithText.ts';
import { createFakeWindow } from './fakeWindow.ts';
import { API, createServer, ISSUER, SECRET, type Server, type TokenFault } from './server.ts';
import { createWorld, type World } from './world.ts';

/** The code under test; seeded defects load it anew with one part replaced. */
export interface Subject {
  readonly assembleSession: typeof Assemble.assembleSession;
  readonly createGrants: typeof GrantsModule.createGrants;
}

/** How one run is set up. */
export interface Setting {
  readonly lifeSeconds: number;
  readonly refreshSeconds: number;
  readonly maxSeconds: number | null;
  readonly skewMs: number;
  readonly wallOffsetMs: number;
  readonly idle:
    | false
    | { after: number; signOutAfter?: number; confirm?: boolean; requests?: 'reject' | 'hold' | 'renew' };
  readonly storage: boolean;
  /** A sign-in is the first thing that happens. */
  readonly begins: 'signingIn' | 'new';
  /** Silent sign-in works in a frame. */
  readonly frames: boolean;
}

/** What all runs together have exercised. */
export interface Tally {
  runs: number;
  requests: number;
  authorized: number;
  refreshes: number;
  adopted: number;
  logins: number;
  readonly states: Map<string, number>;
  readonly edges: Map<string, number>;
}

export const createTally = (): Tally => ({
  runs: 0,
  requests: 0,
  authorized: 0,
  refreshes: 0,
  adopted: 0,
  logins: 0,
  states: new Map(),
  edges: new Map(),
});

const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);

interface Transition {
  readonly eventType: string;
  readonly source: { readonly id: string };
  readonly guard?: unknown;
  readonly target?: ReadonlyArray<{ readonly id: string }>;
}

/** An edge of the always tables, by where it starts and what it concludes. */
export const edgeName = ({ source, guard, target }: Transition): string =>
  `${source.id} -${String((guard as { type?: string } | undefined)?.type ?? guard)}-> ${target?.map(({ id }) => id).join() ?? '(stays)'}`;

const WAIT_MS = 8000;

/** One run: a session, a server, a person and a hostile world. */
export class Run {
  readonly world: World = createWorld();
  readonly server: Server;
  session: Session<unknown>;
  readonly violations: string[] = [];
  readonly log: string[] = [];
  readonly #scheduler: fc.Scheduler;
  readonly #tally: Tally;
  #fake = createFakeWindow();
  #page = 0;
  readonly #record = createMemoryRecord();
  readonly #entries = new Map<string, string>();
  readonly #tab = new Map<string, string>();
  readonly #subject: Subject;
  readonly #setting: Setting;
  readonly #pending = new Map<Promise<unknown>, string>();
  #active: (() => void) | undefined;
  #release: (() => void) | undefined;
  #lastPresenceMs = -Infinity;
  #lastSignMs = -Infinity;
  #readAtMs = 0;
  #unwritten = 0;
  #renewAskedByApp = false;
  #listenersThrow = false;

  constructor(subject: Subject, scheduler: fc.Scheduler, setting: Setting, tally: Tally) {
    this.#scheduler = scheduler;
    this.#tally = tally;
    this.#setting = setting;
    this.#subject = subject;
    this.world.clock.jumpWall(Math.abs(setting.wallOffsetMs));
    this.server = createServer(this.world, setting);
    this.server.whenSignedIn(() => this.#present());
    this.session = this.#assemble();
    this.#watch();
  }

  /** A page that was left hears nothing any more. */
  #hop = async (label: string): Promise<void> => {
    const page = this.#page;
    // A task that rejects would end the process: faults are thrown after the hop.
    await this.#scheduler.schedule(Promise.resolve(), label);
    if (page !== this.#page) await new Promise(() => {});
  };

  async #writes<T>(write: () => Promise<T>): Promise<T> {
    this.#unwritten++;
    await this.#hop('record update');
    this.#unwritten--;
    return write();
  }

  #assemble(): Session<unknown> {
    const { assembleSession, createGrants } = this.#subject;
    const { world, server } = this;
    const { clock } = world;
    const record = this.#record;
    const entries = this.#entries;
    const stored: RecordStore = {
      read: () => this.#hop('record read').then(() => ((this.#readAtMs = world.trueMs()), record.read())),
      update: (change) => this.#writes(() => record.update(change)),
    };
    let random = 0.37;
    const platform: Platform = {
      clock,
      random: () => (random = (random * 997) % 1),
      window: this.#fake.window,
      fetch: (input: RequestInfo | URL, init?: RequestInit) => {
        if (input instanceof Request && textOf(input).includes('grant_type=refresh_token'))
          this.#checkPresence();
        return server.serve(input, init, this.#hop);
      },
      digest: async (verifier) => verifier,
      loadGrants: (parts) =>
        this.#hop('chunk').then(() => createGrants({ ...parts, page: this.#fakePage(), record: stored })),
    };
    const options = {
      name: 'model',
      issuer: ISSUER,
      clientId: 'web',
      silent: this.#setting.frames ? 'frame' : false,
      endpoints: {
        authorization_endpoint: `${ISSUER}/authorize`,
        token_endpoint: `${ISSUER}/token`,
        revocation_endpoint: `${ISSUER}/revoke`,
      },
      tokenOrigins: API,
      idle: this.#setting.idle,
      waitTimeout: WAIT_MS,
      extractTokens: ({ headers }: Response) =>
        JSON.parse(headers.get('x-tokens') ?? 'null') as TokenResponse | null,
      activity: [(onActive: () => void) => ((this.#active = onActive), () => (this.#active = undefined))],
      inspect: (event: InspectionEvent) => this.#inspect(event),
      onWarning: (warning: unknown) => this.#search('warning', warning),
      ...(this.#setting.storage && {
        storage: {
          get: (key: string) => this.#hop('storage').then(() => entries.get(key)),
          set: (key: string, value: string) => this.#hop('storage').then(() => void entries.set(key, value)),
          remove: (key: string) => this.#hop('storage').then(() => void entries.delete(key)),
        },
      }),
    };
    return assembleSession(resolveOptions(options as never, platform), platform);
  }

  #fakePage() {
    const tab = this.#tab;
    return {
      url: 'https://app.test/',
      home: 'https://app.test/',
      tabStorage: {
        getItem: (key: string) => tab.get(key) ?? null,
        setItem: (key: string, value: string) => void tab.set(key, value),
        removeItem: (key: string) => void tab.delete(key),
      },
      navigate: () => {},
      replaceUrl: () => {},
      whenVisible: async () => {},
      answerParent: () => {},
      askInFrame: (url: string) => this.server.authorize(url, this.#hop),
    };
  }

  /** The page is loaded anew: memory and everything in flight are gone, record and storage are not. */
  reload = (): void => {
    this.session.stop();
    // The last activity is noted sparingly, and not at all while the page loads.
    this.#lastSignMs = -Infinity;
    // With its clock set back a new page cannot date the last activity, and takes it for now.
    if (this.world.hasJumped) this.#present();
    // An end that was not written down when the page was left has not happened: the app has to await `signOut`.
    if (this.#unwritten > 0) this.server.forgetEnds();
    this.#unwritten = 0;
    this.#page++;
    this.#pending.clear();
    this.#release = undefined;
    this.#renewAskedByApp = false;
    this.#fake = createFakeWindow();
    this.server.forgetFlights();
    this.session = this.#assemble();
    this.#watch();
    this.start();
  };

  /** The session is stopped and started again in the same page, as React StrictMode does. */
  restart = (): void => {
    this.#lastSignMs = -Infinity;
    if (this.world.hasJumped) this.#present();
    this.session.stop();
    this.start();
  };

  #watch(): void {
    this.session.on('*', (fact) => {
      this.#search('fact', fact);
      this.log.push(`${fact.type} at ${this.world.trueMs()}`);
      if (fact.type === 'expired') this.server.endFamilies();
      if (fact.type === 'idled') this.#checkAbsence();
      if (this.#listenersThrow) throw new Error('a listener of the app');
    });
    this.session.subscribe(() => {
      if (this.#listenersThrow) throw new Error('a subscriber of the app');
    });
  }

  #inspect(event: InspectionEvent): void {
    if (event.type === '@xstate.microstep') {
      // XState tells the transitions taken under this name only.
      const { _transitions: taken } = event as unknown as { _transitions: Transition[] };
      for (const transition of taken) count(this.#tally.edges, edgeName(transition));
    }
    if (event.type === '@xstate.snapshot') {
      const { value } = event.snapshot as { value?: unknown };
      if (value) count(this.#tally.states, JSON.stringify(value));
      this.#search('snapshot', event.snapshot);
    }
    if (event.type === '@xstate.event') {
      this.#search('event', event.event);
      if (event.event.type === 'session.adopt') this.#tally.adopted++;
    }
    if (event.type === '@xstate.action') this.#search('action', event.action);
    if (this.#listenersThrow) throw new Error('an inspector');
  }

  #search(where: string, thing: unknown): void {
    let text = '';
    try {
      text = JSON.stringify(thing) ?? '';
    } catch {
      text = '';
    }
    if (text.includes(SECRET)) this.violations.push(`5: a secret in a ${where}`);
  }

  #searchError(error: unknown): void {
    for (let at = error as Record<string, unknown> | undefined; at; at = at['cause'] as typeof at) {
      this.#search('error', { ...at, message: at['message'], stack: at['stack'] });
      // Above the gate ky's errors hold the request of the caller, on which there must be no token.
      const request = at['request'] as Request | undefined;
      if (request) this.#search('request of an error', [...request.headers, request.url]);
    }
  }

  /** Nobody is called away who was active, here or elsewhere, before the record was last read. */
  #checkAbsence(): void {
    const { idle } = this.#setting;
    if (idle === false || idle.confirm || this.world.hasJumped) return;
    if (this.#release) this.violations.push('4: idle while held awake');
    const awayMs = this.#readAtMs - this.#lastSignMs;
    if (awayMs > 0 && awayMs < idle.after - 1) this.violations.push(`4: idle ${awayMs} ms after activity`);
  }

  /** Invariant 4: at the hand-off of a renewal somebody is there, or chose it. */
  #checkPresence(): void {
    const { idle } = this.#setting;
    if (
      idle === false ||
      idle.requests === 'renew' ||
      this.#release ||
      this.#renewAskedByApp ||
      this.world.isBlind
    )
      return;
    const asked = this.session.actor.getSnapshot();
    if (asked.hasTag('loading') || !asked.hasTag('signedIn')) return;
    if (asked.context.login !== null) return;
    if (this.world.trueMs() - this.#lastPresenceMs > idle.after + 1)
      this.violations.push('4: a renewal without presence');
  }

  /** A call of the app: it must settle. */
  #expectSettled(name: string, promise: Promise<unknown>): void {
    const tracked: Promise<void> = promise
      .then(
        () => undefined,
        (error: unknown) => this.#searchError(error),
      )
      .then(() => void this.#pending.delete(tracked));
    this.#pending.set(tracked, name);
  }

  /** Everything that reaches the console is a log line. */
  logged(things: unknown[]): void {
    for (const thing of things) {
      if (thing instanceof Error) this.#searchError(thing);
      else this.#search('log', thing);
    }
  }

  async settle(): Promise<void> {
    await drainMicrotasks();
    this.violations.push(...this.server.violations.splice(0));
  }

  start = (): void => this.#expectSettled('start', this.session.start());
  signIn = (): void => {
    this.#present();
    this.#expectSettled('signIn', this.session.signIn({ username: 'u', password: SECRET }));
  };
  signOut = (): void => {
    this.#expectSettled('signOut', this.session.signOut());
    this.server.endFamilies();
  };
  renew = (): void => {
    this.#renewAskedByApp = true;
    this.#expectSettled(
      'renew',
      this.session.renew().finally(() => (this.#renewAskedByApp = false)),
    );
  };
  #present(): void {
    this.#lastPresenceMs = this.world.trueMs();
  }
  #sign(agoMs = 0): void {
    this.#lastPresenceMs = this.world.trueMs() - agoMs;
    this.#lastSignMs = this.#lastPresenceMs;
  }
  activate = (): void => {
    if (this.#active) this.#sign();
    this.#active?.();
  };
  stay = (): void => {
    if (!this.session.actor.getSnapshot().hasTag('signedIn')) return;
    this.#present();
    this.session.stay();
  };
  toggleHold = (): void => {
    this.#present();
    if (this.#release) return this.#release();
    const release = this.session.keepAwake();
    this.#release = () => {
      this.#release = undefined;
      this.#present();
      release();
    };
  };
  #calls = 0;
  request = (): void => {
    const call = String(++this.#calls);
    const { sub } = Object(this.session.user) as { sub?: string };
    if (sub !== undefined) this.server.callBegins(call, sub);
    this.#expectSettled('request', this.session.fetch(`${API}/items`, { headers: { 'x-call': call } }));
  };
  requestThroughKy = (): void => {
    this.#expectSettled(
      'ky',
      ky.get(`${API}/items`, { fetch: this.session.fetch, retry: { limit: 2 } }).text(),
    );
  };
  /** Invariant 3: a wait ends by its own deadline, as soon as a timer can fire. */
  token = (): void => {
    const { clock } = this.world;
    const fromMs = clock.monotonicMs();
    const suspendedMs = this.world.suspendedMs;
    const settled = (): void => {
      const waitedMs = clock.monotonicMs() - fromMs - (this.world.suspendedMs - suspendedMs);
      if (waitedMs > WAIT_MS + 1) this.violations.push(`3: a wait of ${waitedMs} ms`);
    };
    this.#expectSettled(
      'token',
      this.session
        .getAccessToken()
        .then(() => undefined)
        .finally(settled),
    );
  };
  /** Somebody is active in another tab: only the record knows. */
  activeElsewhere = (agoMs = 0): void => {
    this.#sign(agoMs);
    void this.#record.update((known) => ({
      ...known,
      lastActivityWallMs: this.world.clock.wallMs() - agoMs,
    }));
  };
  fault = (fault: TokenFault): void => this.server.fail(fault);
  sendAlong = (what: 'access' | 'both'): void => {
    this.server.sendAlong(what);
    this.request();
  };
  apiFault = (status: number): void => this.server.failApi(status);
  network = (type: 'online' | 'offline'): void => void this.#fake.window.dispatchEvent(new Event(type));
  wake = (persisted: boolean): void =>
    void this.#fake.window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));
  throwing = (on: boolean): void => void (this.#listenersThrow = on);

  /** Everything that was asked must settle; then a healed world must be usable again; then nothing may be left. */
  async finish(): Promise<void> {
    const { session, world, server } = this;
    this.#listenersThrow = false;
    this.#release?.();
    server.heal();
    await this.#runOut(45_000);
    for (const name of this.#pending.values()) this.violations.push(`3: a call of ${name} never settled`);
    await this.#probe();
    await this.#keepAlive();
    this.#search('session', session);
    this.#search('session actor', session.actor);
    session.stop();
    session.stop();
    await this.#runOut(12_000);
    if (world.clock.pendingTimers > 0) this.violations.push(`8: ${world.clock.pendingTimers} timers left`);
    for (const left of this.#fake.listening()) this.violations.push(`8: still listening: ${left}`);
    await this.settle();
    this.#count();
  }

  /** Invariant 9: whatever happened, a person can sign in and make a request. */
  async #probe(): Promise<void> {
    const { session } = this;
    let status = 0;
    const tried = (async () => {
      await session.signOut({ redirect: false });
      this.server.endFamilies();
      this.#present();
      await session.signIn({ username: 'u', password: SECRET });
      status = (await session.fetch(`${API}/items`)).status;
    })().catch((error: unknown) => this.violations.push(`9: wedged: ${String(error)}`));
    await this.#runOut(15_000);
    await Promise.race([tried, drainMicrotasks()]);
    if (status !== 200)
      this.violations.push(
        `9: the healed session answers ${status} in ${JSON.stringify(session.actor.getSnapshot().value)}`,
      );
  }

  /** A person who stays is never without a fresh token, and one who leaves is noticed. */
  async #keepAlive(): Promise<void> {
    const { session } = this;
    const { idle, lifeSeconds, refreshSeconds, maxSeconds } = this.#setting;
    const stepMs = Math.min(lifeSeconds * 200, refreshSeconds * 200, 4000);
    this.signOut();
    this.signIn();
    await this.#scheduler.waitIdle();
    await this.settle();
    await this.#scheduler.waitIdle();
    await this.settle();
    // A minute of true time for a token of a minute would be most of the run.
    if (lifeSeconds > 10) return;
    const spanSeconds = Math.min(2 * lifeSeconds, 0.6 * (maxSeconds ?? Infinity));
    for (let steps = 0; steps < (spanSeconds * 1000) / stepMs; steps++) {
      await this.world.advance(stepMs);
      this.stay();
      await this.settle();
      await this.#scheduler.waitIdle();
      await this.settle();
      if (session.peekAccessToken() === undefined)
        this.violations.push(
          `K: no fresh token for a present user in ${JSON.stringify(session.actor.getSnapshot().value)}`,
        );
    }
    if (idle === false) return;
    await this.world.advance(idle.after + 1);
    await this.#scheduler.waitIdle();
    await this.world.advance(1000);
    await this.#scheduler.waitIdle();
    await this.settle();
    if (session.status === 'signedIn' && !session.actor.getSnapshot().hasTag('away')) {
      this.violations.push(`K: an absent user is still ${JSON.stringify(session.actor.getSnapshot().value)}`);
    }
  }

  async #runOut(ms: number): Promise<void> {
    for (let passedMs = 0; passedMs < ms; passedMs += 3000) {
      await this.#scheduler.waitIdle();
      await this.world.advance(3000);
      await this.settle();
    }
    await this.#scheduler.waitIdle();
    await this.settle();
  }

  #count(): void {
    const { counts } = this.server;
    this.#tally.runs++;
    this.#tally.requests += counts.requests;
    this.#tally.authorized += counts.authorized;
    this.#tally.refreshes += counts.refreshes;
    this.#tally.logins += counts.logins;
  }
}
