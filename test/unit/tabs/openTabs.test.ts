import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SessionError } from '../../../src/errors/sessionError.ts';
import { openTabs } from '../../../src/tabs/openTabs.ts';

const denied = (): never => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};

function DeniedChannel(): never {
  return denied();
}

const window = (navigator: object = { locks: {} }) => ({ navigator }) as Window;

const openIn = (page: Window) => {
  const onWarning = vi.fn<(warning: SessionError) => void>();
  const seams = openTabs('test', { window: page, onWarning });
  return { seams, told: onWarning.mock.calls.map(([{ code, message }]) => `${code}: ${message}`) };
};

beforeEach(() => void vi.stubGlobal('indexedDB', {}));
afterEach(() => void vi.unstubAllGlobals());

test('a page that has all of it shares its session, and says nothing', () => {
  const { seams, told } = openIn(window());
  expect(Object.keys(seams ?? {})).toEqual(['lock', 'channel']);
  expect(told).toEqual([]);
});

test.each([
  ['that has no Web Locks', window({}), 'Web Locks'],
  ['that may not have Web Locks', window(Object.defineProperty({}, 'locks', { get: denied })), 'Web Locks'],
])('a page %s works by itself, and says so', (_which, page, lacks) => {
  const { seams, told } = openIn(page);
  expect(seams).toBeUndefined();
  expect(told).toEqual([expect.stringContaining(`tabs_unavailable: This page has no ${lacks}`)]);
});

test.each([
  ['that has no BroadcastChannel', undefined],
  ['that may not open a BroadcastChannel', DeniedChannel],
])('a page %s works by itself, and says so', (_which, channel) => {
  vi.stubGlobal('BroadcastChannel', channel);
  const { seams, told } = openIn(window());
  expect(seams).toBeUndefined();
  expect(told).toEqual([expect.stringContaining('tabs_unavailable: This page has no BroadcastChannel')]);
});

test('a page that may not have IndexedDB works by itself: the record says so', () => {
  Object.defineProperty(globalThis, 'indexedDB', { get: denied, configurable: true });
  expect(openIn(window())).toEqual({ seams: undefined, told: [] });
});
