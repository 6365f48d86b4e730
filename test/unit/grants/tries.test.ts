import { beforeEach, describe, expect, it } from 'vitest';
import { createTries } from '../../../src/grants/signIn/tries.ts';
import type { Page } from '../../../src/page/page.ts';
import { createVirtualClock, type VirtualClock } from '../../../src/testing/virtualClock.ts';

const hourMs = 60 * 60 * 1000;

let clock: VirtualClock;
let entries: Map<string, string>;
beforeEach(() => {
  clock = createVirtualClock({ wallMs: 1_700_000_000_000 });
  entries = new Map();
});

const open = (name = 'app') => {
  const tabStorage = {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  };
  return createTries({ page: { tabStorage } as unknown as Page, name, clock });
};

describe('what a tab has tried', () => {
  it.each(['silent', 'afresh', 'code'] as const)(
    'is known after a reload, until it is forgotten: %s',
    (what) => {
      open().note(what);
      const tried = (['silent', 'afresh', 'code'] as const).filter((one) => !open().isNew(one));
      expect(tried).toEqual([what]);
      expect(open('other').isNew(what)).toBe(true);
      open().reset();
      expect([open().isNew(what), entries.size]).toEqual([true, 0]);
    },
  );

  it('is not known without a page', () => {
    const tries = createTries({ page: undefined, name: 'app', clock });
    tries.note('silent');
    tries.countReturn();
    expect([tries.isNew('silent'), tries.returns()]).toEqual([true, 0]);
  });
});

describe('answers that brought no session', () => {
  it('are counted over reloads, until they are forgotten', () => {
    expect(open().returns()).toBe(0);
    open().countReturn();
    open().countReturn();
    expect([open().returns(), open('other').returns()]).toEqual([2, 0]);
    open().reset();
    expect([open().returns(), entries.size]).toEqual([0, 0]);
  });

  it.each([
    [hourMs - 1, 1],
    [hourMs, 0],
    [1 - hourMs, 1],
    [-hourMs, 0],
  ])('are a row for an hour: %i ms later there are %i', (laterMs, count) => {
    open().countReturn();
    clock.jumpWall(laterMs);
    expect(open().returns()).toBe(count);
  });

  it.each(['', 'many', '3', '3 once', 'three 1700000000000', '1700000000000'])(
    'are none where the note of them is no such note: %j',
    (note) => {
      open().countReturn();
      entries.set([...entries.keys()][0]!, note);
      expect(open().returns()).toBe(0);
      open().countReturn();
      expect(open().returns()).toBe(1);
    },
  );
});
