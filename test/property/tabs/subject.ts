import type { InspectionEvent } from 'xstate';
import type { RecordLoaded } from '../../../machines/sessionEvents.ts';
import { createBroadcastChannel } from '../../../src/tabs/broadcastChannel.ts';
import type { TabSeams } from '../../../src/tabs/tabSeams.ts';
import { warnOnceAlone } from '../../../src/tabs/warnOnceAlone.ts';
import { createWebLock } from '../../../src/tabs/webLock.ts';
import { guardedRecord } from '../../../src/record/guardedRecord.ts';
import { recordFrom, type RecordStore, type SessionRecord } from '../../../src/record/sessionRecord.ts';
import type { Platform } from '../../../src/session/platform.ts';
import { resolveOptions } from '../../../src/session/resolveOptions.ts';
import type { Seat } from '../../../src/session/seat.ts';
import type { Session } from '../../../src/session/session.ts';
import type { Clock } from '../../../src/time/clock.ts';
import { API, endpointsOf, ISSUER } from '../model/addresses.ts';
import { type Disk, subject, type Subject } from '../model/subject.ts';
import type { Channels } from './channels.ts';
import type { Life } from './life.ts';
import type { Locks } from './locks.ts';
import type { TabSetting } from './setting.ts';

/*
 * The one file of this model that knows what the project looks like inside: how the session of a tab is put together on
 * fakes, and what its record holds.
 */

/** The code under test, with what it knows of other tabs; seeded defects load it anew with one part replaced. */
export interface TabSubject extends Subject {
  readonly createWebLock: typeof createWebLock;
  readonly createBroadcastChannel: typeof createBroadcastChannel;
  readonly guardedRecord: typeof guardedRecord;
  readonly warnOnceAlone: typeof warnOnceAlone;
}

/** The code as it is. */
export const tabSubject: TabSubject = {
  ...subject,
  createWebLock,
  createBroadcastChannel,
  guardedRecord,
  warnOnceAlone,
};

/** The code without anything that tabs have in common but the record. */
export const withoutTabs = (code: TabSubject): TabSubject => ({
  ...code,
  createGrants: (deps) => code.createGrants({ ...deps, tabs: undefined }),
});

export type { Disk, SessionRecord };

/** What happens to the record, told as it happens. */
export interface RecordWatch {
  onWrite(before: SessionRecord, after: SessionRecord): void;
  /** A reading that began when the tab had been interrupted so often has been heard. */
  onRead(found: SessionRecord, interruptions: number): void;
  /** What becomes of the requests of this document from now on: they fail, or are carried out and never answered. */
  failure(): RecordFailure | undefined;
  /** Settles when they work again, if they ever do. */
  untilMended(): Promise<void>;
  /** The document goes by the shared record again. */
  onBack(): unknown;
}

/** How IndexedDB can stop working in a document: it fails, never answers, or has no room for anything new. */
export type RecordFailure = 'refuses' | 'hangs' | 'full';

export const contentOf = ({ content }: Disk): SessionRecord => recordFrom(structuredClone(content));

/** The record as one document has it: its requests are carried out, and answered, in the order in which it made them. */
const storeOn = (
  disk: Disk,
  life: Life,
  { onWrite, onRead, failure, untilMended }: RecordWatch,
): RecordStore => {
  let lastDone: Promise<unknown> = Promise.resolve();
  let lastHeard: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(label: string, act: () => T): Promise<T> => {
    const [doneBefore, heardBefore] = [lastDone, lastHeard];
    const done = life
      .hop(`record ${label}`)
      .then(() => doneBefore.catch(() => undefined))
      .then(() => {
        if (failure() === 'refuses') throw new DOMException('lost', 'InvalidStateError');
        return act();
      });
    lastDone = done;
    const heard = done
      .catch(() => undefined)
      .then(() => life.hop(`record ${label} heard`))
      .then(() => heardBefore)
      .then(() => (failure() === 'hangs' ? untilMended().then(() => done) : done));
    lastHeard = heard.catch(() => undefined);
    return heard;
  };
  return {
    async read() {
      const { interruptions } = life;
      const found = await inTurn('read', () => contentOf(disk));
      onRead(found, interruptions);
      return found;
    },
    update: (change) =>
      inTurn('update', () => {
        const known = contentOf(disk);
        const changed = change(known);
        if (changed === known) return known;
        if (failure() === 'full') throw new DOMException('full', 'QuotaExceededError');
        disk.content = structuredClone(changed);
        onWrite(known, changed);
        return changed;
      }),
  };
};

/** The run is told as well when a document goes by the shared record again. */
const watched = (record: RecordStore, { onBack }: RecordWatch): RecordStore =>
  Object.assign(Object.create(record) as RecordStore, {
    whenBack: (page: Parameters<NonNullable<RecordStore['whenBack']>>[0]) =>
      record.whenBack?.({
        ...page,
        onBack(...joined) {
          onBack();
          page.onBack(...joined);
        },
      }),
  });

/** What the session of a tab is given; everything in it is fake. */
export interface TabOutside {
  readonly life: Life;
  readonly clock: Clock;
  readonly random: () => number;
  readonly window: Window;
  readonly page: object;
  readonly disk: Disk;
  readonly watch: RecordWatch;
  readonly locks: Locks;
  readonly channels: Channels;
  readonly storage: object | undefined;
  /** The app has turned off what tabs have in common. */
  readonly isAlone: boolean;
  readonly fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
  readonly activity: (onActive: () => void) => () => void;
  readonly inspect: (event: InspectionEvent) => void;
  readonly onWarning: (warning: unknown) => void;
}

/** The name of the session, and that of its lock and its channel. */
const NAME = 'model';
export const CHANNEL = `token-vigil:${NAME}`;

/** As in the browser: the class is looked up whenever a channel is opened. */
const seamsOf = (code: TabSubject, { life, locks, channels, window }: TabOutside): TabSeams => {
  const Channel = channels.classOf(life);
  const inTab = <T>(act: () => T): T => {
    const { BroadcastChannel: outer } = globalThis;
    Object.assign(globalThis, { BroadcastChannel: Channel });
    try {
      return act();
    } finally {
      Object.assign(globalThis, { BroadcastChannel: outer });
    }
  };
  const events: Pick<Window, 'addEventListener' | 'removeEventListener'> = {
    addEventListener: (type: string, listener: EventListener, options?: AddEventListenerOptions) => {
      const inThisTab: EventListener = (event) => inTab(() => listener(event));
      wrapped.set(listener, inThisTab);
      window.addEventListener(type, inThisTab, options);
    },
    removeEventListener: (type: string, listener: EventListener) =>
      window.removeEventListener(type, wrapped.get(listener)!),
  };
  const wrapped = new Map<EventListener, EventListener>();
  const channel = inTab(() => code.createBroadcastChannel(CHANNEL, events));
  return {
    lock: code.createWebLock(CHANNEL, { ...events, navigator: { locks: locks.managerOf(life) as never } }),
    channel: {
      post: (message) => inTab(() => channel.post(message)),
      listen: (onMessage) => {
        const stop = inTab(() => channel.listen(onMessage));
        return () => inTab(stop);
      },
    },
  };
};

/** The session of a tab on fakes. */
export const openTabSession = (
  code: TabSubject,
  seat: Seat,
  setting: TabSetting,
  outside: TabOutside,
): Session<unknown> => {
  const { clock, random, window, fetch, page, disk, life, watch, storage, activity, inspect } = outside;
  const platform: Platform = {
    clock,
    random,
    window,
    fetch,
    digest: async (verifier) => verifier,
    loadOptional: async () => code.optionalParts,
    async loadGrants(deps) {
      await life.hop('chunk');
      const onWarning = code.warnOnceAlone(deps.onWarning);
      const grants = code.createGrants({
        ...deps,
        onWarning,
        page: page as never,
        record: watched(code.guardedRecord(storeOn(disk, life, watch), { clock, onWarning }), watch),
        tabs: outside.isAlone ? undefined : seamsOf(code, outside),
      });
      return { ...grants, ...code.lateParts };
    },
  };
  const settings = resolveOptions(
    {
      name: NAME,
      issuer: ISSUER,
      endpoints: endpointsOf('page'),
      clientId: 'web',
      silent: setting.silent,
      tabs: !outside.isAlone,
      ...(!setting.names && { scope: 'api' }),
      tokenOrigins: [API],
      idle: setting.idle,
      activity: [activity],
      inspect,
      onWarning: outside.onWarning,
      ...(storage && { storage }),
    } as never,
    platform,
  );
  return code.assembleSession(settings, platform, seat);
};

/** What becomes of the record outside of any tab's doing: site data are cleared. */
export const lose = (disk: Disk): void => void (disk.content = undefined);

/** By what the machine calls it: newer tokens of another tab were taken. */
export const isCaughtUp = ({ type }: { readonly type: string }): boolean => type === 'tab.renewed';

/** What a look has found, where this is its event. */
export const lookIn = (event: { readonly type: string }): RecordLoaded | undefined =>
  event.type === 'record.loaded' ? (event as RecordLoaded) : undefined;
