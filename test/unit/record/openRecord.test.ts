import { IDBDatabase, IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SessionError } from '../../../src/errors/sessionError.ts';
import { createIndexedDbRecord } from '../../../src/record/indexedDbRecord.ts';
import type { OwnTokens } from '../../../src/record/ownTokens.ts';
import { openRecord } from '../../../src/record/openRecord.ts';
import { emptyRecord, type SessionRecord, withEnd } from '../../../src/record/sessionRecord.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';

const count = (record: SessionRecord): SessionRecord => ({ ...record, generation: record.generation + 1 });

const open = () => {
  const clock = createVirtualClock();
  const onWarning = vi.fn<(warning: SessionError) => void>();
  const onBack = vi.fn<() => void>();
  const record = openRecord('test', { clock, onWarning, window: {} });
  const own = vi.fn<() => OwnTokens | undefined>();
  record.whenBack?.({ ownTokens: own, isSpending: () => false, onBack });
  return { clock, onWarning, onBack, own, record };
};

beforeEach(() => void vi.stubGlobal('indexedDB', new IDBFactory()));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** From now on there is no room: what is put is taken, and the transaction ends without it. */
const fillDisk = () => {
  const { prototype } = IDBObjectStore;
  const put = prototype.put;
  return vi.spyOn(prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...what) {
    const request = put.apply(this, what);
    const abort = Reflect.get(this.transaction, '_abort') as (name: string) => void;
    request.addEventListener('success', () => abort.call(this.transaction, 'QuotaExceededError'));
    return request;
  });
};

/** From now on transactions do not begin: so many, or none. */
const breakTransactions = (times = Infinity): void => {
  const { prototype } = IDBDatabase;
  const transaction = prototype.transaction;
  vi.spyOn(prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...names) {
    if (times-- > 0) throw new DOMException('lost', 'InvalidStateError');
    return transaction.apply(this, names);
  });
};

describe('in IndexedDB', () => {
  test('a record outlives who wrote it', async () => {
    await open().record.update(count);
    const { record, onWarning, clock } = open();
    expect(await record.read()).toEqual({ ...emptyRecord, generation: 1 });
    expect(onWarning).not.toHaveBeenCalled();
    expect(clock.pendingTimers).toBe(0);
  });

  test('names have records of their own', async () => {
    await createIndexedDbRecord('one').update(count);
    expect(await createIndexedDbRecord('two').read()).toBe(emptyRecord);
  });

  test('concurrent changes are counted exactly', async () => {
    const connections = [createIndexedDbRecord('test'), createIndexedDbRecord('test')];
    const rounds = Array.from({ length: 50 }, () => connections.map((record) => record.update(count)));
    await Promise.all(rounds.flat());
    expect((await createIndexedDbRecord('test').read()).generation).toBe(100);
  });

  test('nothing is written where nothing changes', async () => {
    const record = createIndexedDbRecord('test');
    await record.update(count);
    const put = vi.spyOn(IDBObjectStore.prototype, 'put');
    await record.update((same) => same);
    expect(put).not.toHaveBeenCalled();
  });

  test('foreign content counts as none, and is replaced', async () => {
    await createIndexedDbRecord('test').read();
    const entries = await openEntries('token-vigil');
    entries.put('foreign', 'test');
    const record = createIndexedDbRecord('test');
    expect(await record.read()).toBe(emptyRecord);
    expect((await record.update(count)).generation).toBe(1);
  });

  test('a database of this name that somebody has opened and left empty is made use of', async () => {
    (await openDatabase('token-vigil')).close();
    const { record, onWarning } = open();
    expect((await record.update(count)).generation).toBe(1);
    expect((await open().record.update(count)).generation).toBe(2);
    expect(onWarning).not.toHaveBeenCalled();
  });

  test('a deletion of the database by the app is not held up, and the record begins anew', async () => {
    const record = createIndexedDbRecord('test');
    await record.update(count);
    const deletion = indexedDB.deleteDatabase('token-vigil');
    await new Promise((resolve, reject) =>
      Object.assign(deletion, { onsuccess: resolve, onblocked: reject }),
    );
    expect((await record.update(count)).generation).toBe(1);
  });

  test('a lost connection is made anew', async () => {
    const { record, onWarning } = open();
    await record.update(count);
    breakTransactions(1);
    expect((await record.update(count)).generation).toBe(2);
    expect(onWarning).not.toHaveBeenCalled();
  });
});

describe('in memory', () => {
  test('where there is no IndexedDB: said once in a page', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const { record, onWarning } = open();
    await Promise.all([record.update(count), record.update(count)]);
    expect((await record.read()).generation).toBe(2);
    expect(onWarning.mock.calls.map(([{ code }]) => code)).toEqual(['record_unavailable']);
  });

  test('where the database of this name is another’s: said once, and its owner is not held up', async () => {
    const create = ({ result }: IDBOpenDBRequest) => void result.createObjectStore('of somebody else');
    (await openDatabase('token-vigil', 1, create)).close();
    const { record, onWarning, clock } = open();
    await Promise.all([record.update(count), record.update(count)]);
    expect((await record.read()).generation).toBe(2);
    await expect.poll(() => clock.pendingTimers).toBe(0);
    expect(onWarning.mock.calls.map(([{ code }]) => code)).toEqual(['record_unavailable']);
    expect([...(await openDatabase('token-vigil', 2)).objectStoreNames]).toEqual(['of somebody else']);
  });

  test('as a matter of course outside a page', async () => {
    vi.unstubAllGlobals();
    const clock = createVirtualClock();
    const onWarning = vi.fn<(warning: SessionError) => void>();
    const record = openRecord('test', { clock, onWarning, window: undefined });
    expect((await record.update(count)).generation).toBe(1);
    expect(onWarning).not.toHaveBeenCalled();
  });

  test('once IndexedDB breaks, from the last record seen', async () => {
    const { record, onWarning } = open();
    await record.update(count);
    breakTransactions();
    expect((await record.update(count)).generation).toBe(2);
    expect((await record.read()).generation).toBe(2);
    expect(onWarning).toHaveBeenCalledOnce();
  });

  test('once there is no room for what is put: said once and why, and what was known is not lost', async () => {
    const { record, onWarning } = open();
    await record.update((known) => ({ ...known, epoch: 5, who: 'ada', generation: 1 }));
    const put = fillDisk();
    expect((await record.update(count)).generation).toBe(2);
    expect((await record.update(count)).generation).toBe(3);
    // It is tried once more, as after a lost connection.
    expect(put.mock.calls.length).toBeGreaterThanOrEqual(2);
    expect(onWarning.mock.calls.map(([{ code }]) => code)).toEqual(['record_unavailable']);
    expect(onWarning.mock.calls[0]?.[0].cause).toMatchObject({ name: 'QuotaExceededError' });
    expect((await record.read()).generation).toBe(3);
  });

  test('where there is no room, an epoch that began here stays this page’s own', async () => {
    const { record, clock } = open();
    fillDisk();
    const epoch = clock.wallMs() + 1;
    await record.update((known) => ({ ...known, epoch, who: 'ada', generation: 1 }));
    for (let times = 0; times < 3; times++) {
      await record.update(count);
      await openEntries('token-vigil');
    }
    expect([record.hasLost?.(epoch), record.hasLost?.(epoch - 2)]).toEqual([false, true]);
  });

  test('while IndexedDB fails: what this page had marked there, and has renewed, is written once it works', async () => {
    const { record, onBack, clock } = open();
    await record.update((known) => ({ ...known, epoch: 5, who: 'ada', generation: 1, mark: 'mine' }));
    breakTransactions();
    await record.update((known) => ({ ...count(known), mark: null }));
    vi.restoreAllMocks();
    expect((await record.read()).generation).toBe(2);
    expect(await createIndexedDbRecord('test').read()).toMatchObject({ generation: 2, mark: null });
    await record.update(count);
    expect((await createIndexedDbRecord('test').read()).generation).toBe(3);
    expect([onBack.mock.calls.length, clock.pendingTimers]).toEqual([1, 0]);
  });

  test('an end in the record of all tabs is one here, whatever was renewed meanwhile', async () => {
    const { record, onBack } = open();
    await record.update((known) => ({ ...known, epoch: 5, who: 'ada', generation: 1 }));
    breakTransactions();
    await record.update(count);
    vi.restoreAllMocks();
    await createIndexedDbRecord('test').update((known) => withEnd(known, 'signedOut'));
    expect((await record.read()).who).toBe(null);
    expect(onBack).toHaveBeenCalledOnce();
  });

  test('while IndexedDB fails: where only other tabs have changed it, theirs counts, and activity here is added', async () => {
    const { record, onBack, clock } = open();
    const shared = createIndexedDbRecord('test');
    await record.update((known) => ({ ...known, epoch: 5, who: 'ada', generation: 1 }));
    breakTransactions();
    clock.suspend(1000);
    await record.update((known) => ({ ...known, lastActivityWallMs: clock.wallMs() }));
    vi.restoreAllMocks();
    await shared.update(count);
    await record.read();
    await expect.poll(() => onBack.mock.calls.length).toBe(1);
    const expected = { epoch: 5, generation: 2, lastActivityWallMs: clock.wallMs() };
    expect(await record.read()).toMatchObject(expected);
    expect(await shared.read()).toMatchObject(expected);
  });

  test('an end of tokens here is none in the record of all tabs, a sign-out is', async () => {
    const { record, onBack } = open();
    const shared = createIndexedDbRecord('test');
    for (const [reason, who] of [
      ['lapsed', 'ada'],
      ['signedOut', null],
    ] as const) {
      await record.update((known) => ({ ...known, epoch: 5, who: 'ada', generation: 1, endReason: null }));
      breakTransactions();
      await record.update((known) => withEnd(known, reason));
      vi.restoreAllMocks();
      const before = onBack.mock.calls.length;
      await record.read();
      await expect.poll(() => onBack.mock.calls.length).toBe(before + 1);
      expect((await record.read()).who).toBe(who);
      expect((await shared.read()).who).toBe(who);
    }
  });

  test('for good where it has tokens of its own beside a refresh token that others have renewed', async () => {
    const { record, onBack, own } = open();
    own.mockReturnValue({ epoch: 5, sharedSince: 1 });
    const shared = createIndexedDbRecord('test');
    await record.update((known) => ({ ...known, epoch: 5, who: 'ada', generation: 1 }));
    breakTransactions();
    await record.update((known) => ({ ...known, generation: 7 }));
    vi.restoreAllMocks();
    await shared.update(count);
    for (let times = 0; times < 3; times++) {
      expect((await record.read()).generation).toBe(7);
      // Whoever comes after it in the same database comes after its try.
      await shared.read();
    }
    expect(onBack).not.toHaveBeenCalled();
  });

  test('once IndexedDB breaks, the epoch that was seen there is lost, and no later one', async () => {
    const { record, clock } = open();
    const epoch = clock.wallMs();
    await record.update((known) => ({ ...known, epoch, who: 'ada' }));
    expect([record.hasLost?.(), record.hasLost?.(epoch)]).toEqual([false, false]);
    breakTransactions();
    await record.read();
    const lost = [undefined, epoch, clock.wallMs() + 1].map((one) => record.hasLost?.(one));
    expect(lost).toEqual([true, true, false]);
  });

  test('where IndexedDB never works, what a storage has kept of earlier epochs is lost', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const { record, clock } = open();
    await record.read();
    const began = clock.wallMs();
    // A sign-in that the record fails for begins in this millisecond.
    expect([record.hasLost?.(began - 1), record.hasLost?.(began)]).toEqual([true, false]);
  });

  test('once IndexedDB hangs for two seconds, and what it does later changes nothing', async () => {
    const hold = holdOpening();
    const { record, onWarning, onBack, clock } = open();
    const change = vi.fn(count);
    const update = record.update(change);
    await clock.advance(2000);
    expect((await update).generation).toBe(1);
    expect(onWarning).toHaveBeenCalledOnce();
    expect(clock.pendingTimers).toBe(0);
    expect(onBack).not.toHaveBeenCalled();
    hold.release();
    // Whatever has held it up is over.
    await expect.poll(() => onBack.mock.calls.length).toBe(1);
    expect(await createIndexedDbRecord('test').read()).toEqual(emptyRecord);
    expect(change).toHaveBeenCalledOnce();
  });

  test('what a call has written that was given up is this page’s own', async () => {
    const { record, clock, onBack } = open();
    await record.update((known) => ({ ...known, epoch: 5, who: 'ada', generation: 1 }));
    const answers = holdAnswers();
    const update = record.update(count);
    await expect.poll(() => answers.held).toBe(1);
    await clock.advance(2000);
    expect((await update).generation).toBe(2);
    answers.release();
    await expect.poll(() => onBack.mock.calls.length).toBe(1);
    expect(await createIndexedDbRecord('test').read()).toMatchObject({ epoch: 5, who: 'ada', generation: 2 });
  });

  test('what happens while the record is found to work again is not lost', async () => {
    const { record, clock, onBack } = open();
    await record.update((known) => ({ ...known, epoch: 5, who: 'ada', generation: 1 }));
    const answers = holdAnswers();
    for (let times = 0; times < 2; times++) {
      const update = record.update(count);
      await clock.advance(2000);
      await update;
    }
    void record.update((known) => withEnd(known, 'signedOut'));
    answers.release();
    await expect.poll(() => onBack.mock.calls.length).toBe(1);
    expect(await createIndexedDbRecord('test').read()).toMatchObject({ who: null, endReason: 'signedOut' });
  });

  test('a try that timed out long ago does not keep the next from being waited for', async () => {
    const { record, clock, onBack } = open();
    const hold = holdOpening();
    for (let times = 0; times < 2; times++) {
      const update = record.update(count);
      await clock.advance(2000);
      await update;
    }
    expect((await record.read()).generation).toBe(2);
    await clock.advance(2000);
    clock.suspend(60_000);
    const settled = vi.fn<() => void>();
    void record.read().then(settled);
    await clock.advance(1999);
    expect(settled).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(settled).toHaveBeenCalledOnce();
    hold.release();
    await expect.poll(() => onBack.mock.calls.length).toBe(1);
  });

  test('where another script keeps the empty database open: its upgrade is waited for no longer, and does no harm later', async () => {
    const theirs = await openDatabase('token-vigil');
    const opening = vi.spyOn(indexedDB, 'open');
    const { record, onWarning, clock } = open();
    const update = record.update(count);
    await expect.poll(() => opening.mock.lastCall).toEqual(['token-vigil', 2]);
    await clock.advance(2000);
    expect((await update).generation).toBe(1);
    expect(onWarning.mock.calls.map(([{ code }]) => code)).toEqual(['record_unavailable']);
    theirs.close();
    expect(await createIndexedDbRecord('test').read()).toBe(emptyRecord);
    expect((await record.update(count)).generation).toBe(1);
  });

  test('not after a sleep: the page gets time to hear the answer', async () => {
    const hold = holdOpening();
    const { record, onWarning, clock } = open();
    const update = record.update(count);
    clock.suspend(600_000);
    await clock.advance(0);
    hold.release();
    expect((await update).generation).toBe(1);
    expect(onWarning).not.toHaveBeenCalled();
    expect((await createIndexedDbRecord('test').read()).generation).toBe(1);
  });
});

/** Transactions are carried out, and their ends are heard late. */
const holdAnswers = () => {
  const { prototype } = IDBDatabase;
  const begin = prototype.transaction;
  const listeners: (() => void)[] = [];
  const answers = {
    held: 0,
    release(): void {
      vi.restoreAllMocks();
      for (const tell of listeners) tell();
    },
  };
  vi.spyOn(prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...what) {
    const transaction = begin.apply(this, what as never);
    Object.defineProperty(transaction, 'oncomplete', {
      set(tell: () => void) {
        answers.held++;
        listeners.push(tell);
      },
    });
    return transaction;
  });
  return answers;
};

/** Keeps requests to open a database from being answered. */
const holdOpening = () => {
  const real = indexedDB.open.bind(indexedDB);
  const requests: { fake: Record<string, unknown>; name: string }[] = [];
  vi.spyOn(indexedDB, 'open').mockImplementation((name) => {
    const fake: Record<string, unknown> = {};
    requests.push({ fake, name });
    return fake as unknown as IDBOpenDBRequest;
  });
  return {
    release() {
      vi.restoreAllMocks();
      for (const { fake, name } of requests) {
        const request = real(name);
        Object.defineProperty(fake, 'result', { get: () => request.result });
        Object.assign(request, fake);
      }
    },
  };
};

/** The object store of the record, open for writing. */
/** A database as another script of the origin opens it. */
const openDatabase = async (
  name: string,
  version?: number,
  upgrade?: (request: IDBOpenDBRequest) => void,
): Promise<IDBDatabase> => {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => upgrade?.(request);
  await new Promise((resolve, reject) => Object.assign(request, { onsuccess: resolve, onblocked: reject }));
  return request.result;
};

const openEntries = async (database: string) =>
  (await openDatabase(database)).transaction('record', 'readwrite').objectStore('record');
