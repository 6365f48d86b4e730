import { getEventListeners } from 'node:events';
import { expect, test, vi } from 'vitest';
import { leaseFrom } from '../../../machines/lease.ts';
import type { OwnTokens } from '../../../src/record/ownTokens.ts';
import { createTabs, type TabsDeps } from '../../../src/tabs/createTabs.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { createVault } from '../../../src/vault/vault.ts';

interface OpenOptions {
  readonly own?: OwnTokens;
  readonly isLost?: boolean;
  readonly isGiven?: boolean;
}

/** Tabs on one channel: what one posts, all others hear at once. */
const createOrigin = () => {
  const clock = createVirtualClock();
  const hearing = new Map<object, (message: unknown) => void>();
  const posted: unknown[] = [];
  const post = (message: unknown, from?: object): void => {
    posted.push(message);
    for (const [tab, hear] of hearing) if (tab !== from) hear(structuredClone(message));
  };
  const open = ({ own, isLost = false, isGiven = false }: OpenOptions = {}) => {
    const me = {};
    const vault = createVault();
    const onWarning = vi.fn<(warning: { code: string }) => void>();
    const channel = {
      post: (message: unknown) => post(message, me),
      listen: (hear: (message: unknown) => void) => {
        hearing.set(me, hear);
        return () => void hearing.delete(me);
      },
    };
    const flights: TabsDeps['flights'] = { own };
    const record = { hasLost: () => isLost, hasGiven: () => isGiven };
    const tabs = createTabs({ channel, vault, clock, record, flights, onWarning });
    const hold = (epoch: number, generation: number): void => {
      const lease = leaseFrom(
        { expires_in: 300, renewable: true },
        { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() },
        { epoch, generation },
      );
      vault.permitSignIn().commit({ accessToken: `access-${generation}` }, lease, 'ada');
    };
    return { tabs, vault, flights, hold, onWarning };
  };
  return { clock, hearing, posted, post, open };
};

const heard = () => ({ onChanged: vi.fn<() => void>(), onRenewed: vi.fn<() => void>() });

test('a tab that has what is asked for answers with it', async () => {
  const { clock, open } = createOrigin();
  const [asking, other] = [open(), open()];
  other.hold(7, 3);
  other.tabs.listen(heard());
  await clock.advance(1000);
  const found = await asking.tabs.ask({ epoch: 7, generation: 3 });
  expect(found).toMatchObject({ tokens: { accessToken: 'access-3' }, lease: { epoch: 7, generation: 3 } });
  expect(found?.lease.accessDeadline.monotonicMs).toBe(clock.monotonicMs() + 298_000);
});

test.each([
  ['another generation', 7, 4],
  ['another epoch', 8, 3],
])('a tab that holds %s answers nothing, and the question ends by itself', async (_, epoch, generation) => {
  const { clock, hearing, open } = createOrigin();
  const [asking, other] = [open(), open()];
  other.hold(epoch, generation);
  const stop = other.tabs.listen(heard());
  const asked = asking.tabs.ask({ epoch: 7, generation: 3 });
  await clock.advance(300);
  expect(await asked).toBeUndefined();
  stop();
  expect([hearing.size, clock.pendingTimers]).toEqual([0, 0]);
});

test('a tab with tokens that no record shows gives them to whoever seeks later ones, and leaves them to others', async () => {
  const { open } = createOrigin();
  const own = { epoch: 7, sharedSince: null };
  const [asking, other] = [open(), open({ own, isLost: true })];
  other.hold(7, 5);
  other.tabs.listen(heard());
  const found = await asking.tabs.ask({ epoch: 7, generation: 3, isLater: true });
  expect(found).toMatchObject({ lease: { epoch: 7, generation: 5 } });
  expect(other.flights.own).toBeUndefined();
});

test.each([
  ['is given once that has ended', 1000, true],
  ['is given to nobody where that takes longer than anybody waits', 4000, false],
])('what is being renewed by a tab by itself %s', async (_, tookMs, isGiven) => {
  const { clock, open } = createOrigin();
  const own = { epoch: 7, sharedSince: null };
  const [asking, other] = [open(), open({ own, isLost: true })];
  other.hold(7, 5);
  other.tabs.listen(heard());
  const renewal = new Promise<void>((resolve) => clock.setTimeout(resolve, tookMs)).finally(() => {
    delete other.flights.renewal;
  });
  Object.assign(other.flights, { renewal, spends: true });
  const asked = asking.tabs.ask({ epoch: 7, generation: 3, isLater: true }, 3000);
  await clock.advance(5000);
  expect([(await asked) !== undefined, other.flights.own === undefined]).toEqual([isGiven, isGiven]);
});

test('a tab by itself gives what the record shows of it, though that has not answered it', async () => {
  const { open } = createOrigin();
  const [asking, other] = [open(), open({ own: { epoch: 7, sharedSince: 3 }, isLost: true, isGiven: true })];
  other.hold(7, 4);
  other.tabs.listen(heard());
  expect(await asking.tabs.ask({ epoch: 7, generation: 4 })).toMatchObject({ lease: { generation: 4 } });
  expect(other.flights.own).toBeUndefined();
});

test.each<[string, OwnTokens, number, boolean]>([
  ['whoever asks for their generation', { epoch: 7, sharedSince: null }, 5, false],
  ['whoever has later ones', { epoch: 7, sharedSince: null }, 5, true],
  ['whoever may have their refresh token', { epoch: 7, sharedSince: 3 }, 3, true],
  ['whoever could not count on from them', { epoch: 7, sharedSince: null }, -1000, true],
])('a tab with tokens that no record shows keeps them from %s', async (_, own, generation, isLater) => {
  const { clock, open } = createOrigin();
  const [asking, other] = [open(), open({ own, isLost: true })];
  other.hold(7, 5);
  other.tabs.listen(heard());
  const asked = asking.tabs.ask({ epoch: 7, generation, isLater });
  await clock.advance(300);
  expect(await asked).toBeUndefined();
  expect(other.flights.own).toBe(own);
});

test('an answer with other tokens than those asked for is none', async () => {
  const { clock, open, post, posted } = createOrigin();
  const [asking, other] = [open(), open()];
  other.hold(7, 4);
  other.tabs.tellTokens();
  const { shared } = posted[0] as { shared: object };
  const asked = asking.tabs.ask({ epoch: 7, generation: 3 });
  const { id } = posted[1] as { id: string };
  post({ version: 1, type: 'answered', id, shared });
  await clock.advance(300);
  expect(await asked).toBeUndefined();
});

test('what the others tell is heard until the stop, and never by oneself', () => {
  const { open, hearing } = createOrigin();
  const [one, other] = [open(), open()];
  const [mine, theirs] = [heard(), heard()];
  one.tabs.listen(mine);
  const stop = other.tabs.listen(theirs);
  one.hold(7, 1);
  one.tabs.tellChanged();
  one.tabs.tellTokens();
  expect([theirs.onChanged.mock.calls.length, theirs.onRenewed.mock.calls.length]).toEqual([1, 1]);
  expect([mine.onChanged.mock.calls.length, mine.onRenewed.mock.calls.length]).toEqual([0, 0]);
  stop();
  stop();
  one.tabs.tellChanged();
  expect([theirs.onChanged.mock.calls.length, hearing.size]).toEqual([1, 1]);
});

test('a tab without tokens tells none', () => {
  const { open, posted } = createOrigin();
  open().tabs.tellTokens();
  expect(posted).toEqual([]);
});

test('messages of a newer release are ignored, with a warning and a look at the record', () => {
  const { open, post } = createOrigin();
  const { tabs, onWarning } = open();
  const listener = heard();
  tabs.listen(listener);
  post({ version: 2, type: 'changed' });
  post('garbage');
  expect(onWarning.mock.calls.map(([{ code }]) => code)).toEqual(['tabs_unavailable']);
  expect([listener.onChanged.mock.calls.length, listener.onRenewed.mock.calls.length]).toEqual([1, 0]);
  expect(tabs.hasHeard).toBe(true);
});

test('that the provider was asked in vain is noted, and nobody looks because of it', () => {
  const { open, post } = createOrigin();
  const [one, other] = [open(), open()];
  const listener = heard();
  one.tabs.listen(listener);
  other.tabs.tellVain(7);
  post({ version: 1, type: 'vain', epoch: 'garbage' });
  expect(one.tabs.lastVain()?.epoch).toBe(7);
  expect(listener.onChanged).not.toHaveBeenCalled();
});

test('whoever waits for news is told of the first, or that the wait is over', async () => {
  const { open } = createOrigin();
  const [one, other] = [open(), open()];
  one.tabs.listen(heard());
  const news = one.tabs.news(new AbortController().signal);
  other.tabs.tellChanged();
  expect(await news).toBeUndefined();
  const controller = new AbortController();
  const given = one.tabs.news(controller.signal);
  controller.abort();
  expect(await given).toBeUndefined();
});

test('a wait for news that has ended leaves nothing behind, however many there were', async () => {
  const { open } = createOrigin();
  const [one, other] = [open(), open()];
  one.tabs.listen(heard());
  const { signal } = new AbortController();
  for (let times = 0; times < 3; times++) {
    const news = one.tabs.news(signal);
    other.tabs.tellChanged();
    await news;
  }
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
