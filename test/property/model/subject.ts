import type { InspectionEvent, Snapshot } from 'xstate';
import { createSessionMachine } from '../../../machines/index.ts';
import { lateParts } from '../../../src/session/lateParts.ts';
import { createGrants } from '../../../src/grants/createGrants.ts';
import * as optionalParts from '../../../src/grants/optionalParts.ts';
import type { TokenResponse } from '../../../src/grants/tokenResponse.ts';
import { recordFrom, type RecordStore, type SessionRecord } from '../../../src/record/sessionRecord.ts';
import { assembleSession } from '../../../src/session/assembleSession.ts';
import type { Platform } from '../../../src/session/platform.ts';
import { resolveOptions } from '../../../src/session/resolveOptions.ts';
import { createSeat, type Seat } from '../../../src/session/seat.ts';
import type { Session } from '../../../src/session/session.ts';
import type { Clock } from '../../../src/time/clock.ts';
import type { Setting } from './setting.ts';

/*
 * The one file of the model that knows what the project looks like inside: how a session is put together on fakes,
 * what its record holds, and what its machine calls things. All else goes by the public session.
 */

/** The code under test; seeded defects load it anew with one part replaced. */
export interface Subject {
  readonly assembleSession: typeof assembleSession;
  /** What the sessions of one page share. */
  readonly createSeat: typeof createSeat;
  readonly createGrants: typeof createGrants;
  readonly lateParts: typeof lateParts;
  readonly optionalParts: typeof optionalParts;
}

/** The code as it is. */
export const subject: Subject = { assembleSession, createSeat, createGrants, lateParts, optionalParts };

/** What the shared record is kept in: it outlives pages, and other tabs write to it. Plain JSON. */
export interface Disk {
  content: unknown;
}

/** What happens to the record, told as it happens. */
interface RecordWatch {
  /** Before a reading or a change; the page may be gone by then. */
  hop(label: 'record read' | 'record update'): Promise<void>;
  /** A reading has ended; `beganAtTurn` is what `turn` was when it began. */
  onRead(beganAtTurn: number): void;
  onWritten(): void;
  /** Rises each time the page comes back from where it could not run. */
  turn(): number;
}

/** What a session is given; everything in it is fake. */
export interface Outside {
  readonly clock: Clock;
  readonly random: () => number;
  readonly window: Window;
  readonly page: object;
  readonly disk: Disk;
  readonly watch: RecordWatch;
  readonly fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
  loadChunk(): Promise<void>;
  /** Options by their names in the model. */
  readonly options: {
    readonly issuer: string;
    readonly endpoints: Readonly<Record<string, string>>;
    readonly waitTimeout: number;
    readonly extractTokens: (answer: Response) => TokenResponse | null;
    readonly activity: (onActive: () => void) => () => void;
    readonly storage: object | undefined;
    readonly grants: object | undefined;
    readonly inspect: (event: InspectionEvent) => void;
    readonly onWarning: (warning: unknown) => void;
  };
}

const storeOn = (disk: Disk, { hop, onRead, onWritten, turn }: RecordWatch): RecordStore => {
  const load = (): SessionRecord => recordFrom(structuredClone(disk.content));
  let last: Promise<unknown> = Promise.resolve();
  /** As IndexedDB does: what a page has asked for later comes later. */
  const inTurn = <T>(label: 'record read' | 'record update', act: () => T): Promise<T> => {
    const before = last;
    const done = hop(label)
      .then(() => before)
      .then(act);
    last = done;
    return done;
  };
  return {
    read() {
      const beganAtTurn = turn();
      return inTurn('record read', () => {
        onRead(beganAtTurn);
        return load();
      });
    },
    update: (change) =>
      inTurn('record update', () => {
        const known = load();
        const changed = change(known);
        if (changed !== known) disk.content = structuredClone(changed);
        onWritten();
        return changed;
      }),
  };
};

/** A session on fakes; it replaces the one that has this page's seat. */
export const openSession = (
  code: Subject,
  seat: Seat,
  setting: Pick<Setting, 'idle' | 'origins' | 'silent'>,
  { clock, random, window, fetch, page, disk, watch, loadChunk, options }: Outside,
): Session<unknown> => {
  const { extractTokens, activity, storage, grants, ...others } = options;
  const platform: Platform = {
    clock,
    random,
    window,
    fetch,
    digest: async (verifier) => verifier,
    loadOptional: async () => code.optionalParts,
    loadGrants: (deps) =>
      loadChunk().then(() => ({
        ...code.createGrants({ ...deps, page: page as never, record: storeOn(disk, watch) }),
        ...code.lateParts,
      })),
  };
  const settings = resolveOptions(
    {
      name: 'model',
      ...others,
      clientId: 'web',
      silent: setting.silent,
      tokenOrigins: setting.origins,
      idle: setting.idle,
      extractTokens,
      activity: [activity],
      ...(storage && { storage }),
      ...(grants && { grants }),
    } as never,
    platform,
  );
  return code.assembleSession(settings, platform, seat);
};

/** Who is signed in by the record: a `sub`, `''` for somebody without a name, `null` for nobody. */
export const whoIn = ({ content }: Disk): string | null => recordFrom(content).who;

/** Whether the record says that nobody is signed in; one that is lost says nothing. */
export const isNobodyIn = (disk: Disk): boolean => disk.content !== undefined && whoIn(disk) === null;

const change = (disk: Disk, news: (known: SessionRecord) => Partial<SessionRecord>): void => {
  const known = recordFrom(disk.content);
  disk.content = { ...known, ...news(known) };
};

/** What another tab of this version writes into the record. */
export const elsewhere = {
  active: (disk: Disk, wallMs: number): void => change(disk, () => ({ lastActivityWallMs: wallMs })),
  signedOut: (disk: Disk): void => change(disk, () => ({ who: null, promptLogin: true })),
  signedIn: (disk: Disk, sub: string, wallMs: number): void =>
    change(disk, ({ epoch, generation, who, highestWallMs }) => ({
      epoch: who === sub ? epoch : epoch + 1,
      generation: who === sub ? generation + 1 : 1,
      who: sub,
      lastActivityWallMs: wallMs,
      highestWallMs: Math.max(highestWallMs, wallMs),
      promptLogin: false,
    })),
};

/** What becomes of the record outside of any tab's doing. */
export const mishaps = {
  /** Site data are cleared, or the browser needs the room. */
  lost: (disk: Disk): void => void (disk.content = undefined),
  /** The last release knew one field less. */
  older(disk: Disk): void {
    const { promptLogin: _, ...rest } = Object(disk.content) as Partial<SessionRecord>;
    if (disk.content) disk.content = rest;
  },
  /** The next release knows one more. */
  newer(disk: Disk): void {
    if (disk.content) disk.content = { ...disk.content, ofTheNextRelease: 1 };
  },
};

/** Whether the record still has what the next release has put there. */
export const keepsWhatIsNewer = ({ content }: Disk): boolean => 'ofTheNextRelease' in Object(content);

/** What the model reads in a snapshot of the session's machine. */
export interface Seen {
  /** The epoch of the tokens; `undefined` while nobody is signed in. */
  readonly epoch: number | undefined;
  readonly state: string;
  readonly isAway: boolean;
  readonly isRestoring: boolean;
  readonly isRescuing: boolean;
  /** Whether a sign-in runs that is no rescue. */
  readonly signsIn: boolean;
  /** The class of the last renewal's failure. */
  readonly failureClass: string | undefined;
  readonly hasDied: boolean;
}

/** What a session's machine is in. */
export const seenOf = ({ actor }: Session<unknown>): Seen => {
  const snapshot = actor.getSnapshot();
  const { lease, failure, login } = snapshot.context;
  return {
    epoch: lease?.epoch,
    state: JSON.stringify(snapshot.value),
    isAway: snapshot.hasTag('away'),
    isRestoring: snapshot.matches({ anonymous: 'restoring' }),
    isRescuing: snapshot.matches({ refreshing: 'rescuing' }),
    signsIn: login !== null && login.kind !== 'rescue',
    failureClass: failure?.class,
    hasDied: (snapshot.status as string) === 'error',
  };
};

interface Transition {
  readonly eventType: string;
  readonly source: { readonly id: string };
  readonly guard?: unknown;
  readonly target?: ReadonlyArray<{ readonly id: string }>;
}

const edgeName = ({ source, guard, target }: Transition): string =>
  `${source.id} -${String((guard as { type?: string } | undefined)?.type ?? guard)}-> ${target?.map(({ id }) => id).join() ?? '(stays)'}`;

interface Node {
  readonly always?: readonly Transition[];
  readonly states: Readonly<Record<string, Node>>;
}

/** Every edge that the chart's always tables can take, by where it starts and what it concludes. */
export const edgeNames = (node: Node = createSessionMachine().root as unknown as Node): string[] => [
  ...(node.always ?? []).map(edgeName),
  ...Object.values(node.states).flatMap((child) => edgeNames(child)),
];

/** The edges that an inspector is told were taken. XState tells them under this name only. */
export const edgesTaken = (event: InspectionEvent): string[] => {
  const { _transitions: taken = [] } = event as unknown as { _transitions?: Transition[] };
  return taken.map(edgeName);
};

/** What a snapshot holds, for search. */
export const contextOf = (snapshot: Snapshot<unknown>): unknown =>
  (snapshot as { readonly context?: unknown }).context;

/** Whether an event hands over tokens that a backend sent along. */
export const isAdoption = ({ type }: { readonly type: string }): boolean => type === 'session.adopt';
