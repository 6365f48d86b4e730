import { afterEach, expect, test, vi } from 'vitest';
import type { SessionError } from '../../../src/errors/sessionError.ts';
import { createStoredTokens } from '../../../src/storage/storedTokens.ts';
import { webStorage } from '../../../src/storage/webStorage.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';

const source = 'https://id.test web';

afterEach(() => void Reflect.deleteProperty(globalThis, 'localStorage'));

test('a storage that may not even be looked at breaks nothing', async () => {
  const get = () => {
    throw new DOMException('cookies are blocked', 'SecurityError');
  };
  Object.defineProperty(globalThis, 'localStorage', { get, configurable: true });
  const onWarning = vi.fn<(warning: SessionError) => void>();
  const clock = createVirtualClock();
  const stored = createStoredTokens(webStorage('localStorage'), 'test', {
    clock,
    flights: {},
    source,
    onWarning,
  });
  expect(await stored.load()).toBeUndefined();
  expect(onWarning.mock.calls.map(([{ message }]) => message)).toEqual([
    'The token storage fails: SecurityError',
  ]);
});

test('outside a page it says so', async () => {
  vi.stubGlobal('sessionStorage', undefined);
  const onWarning = vi.fn<(warning: SessionError) => void>();
  const clock = createVirtualClock();
  const stored = createStoredTokens(webStorage('sessionStorage'), 'test', {
    clock,
    flights: {},
    source,
    onWarning,
  });
  expect(await stored.load()).toBeUndefined();
  expect(onWarning.mock.calls.map(([{ message }]) => message)).toEqual([
    'The token storage fails: TypeError. Outside a page `webStorage` does not work',
  ]);
  vi.unstubAllGlobals();
});

test('any Storage will do', async () => {
  const getItem = vi.fn(() => 'value');
  const [setItem, removeItem] = [vi.fn(), vi.fn()];
  const storage = webStorage({ getItem, setItem, removeItem } as unknown as Storage);
  expect(storage.get('key')).toBe('value');
  await storage.set('key', 'other');
  await storage.remove('key');
  expect(setItem).toHaveBeenCalledWith('key', 'other');
  expect(removeItem).toHaveBeenCalledWith('key');
});
