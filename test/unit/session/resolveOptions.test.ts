import { expect, test } from 'vitest';
import { defaults } from '../../../src/session/defaults.ts';
import { resolveOptions } from '../../../src/session/resolveOptions.ts';

const given = { issuer: 'https://id.example.test', clientId: 'web' };
const nowhere = { window: undefined };
const pageAt = (href: string) => ({ window: { location: { href } } as Window });

test('what is not said is the default, and `undefined` says nothing', () => {
  const settings = resolveOptions(given, nowhere);
  expect(settings).toMatchObject({
    name: 'https://id.example.test web',
    tokenOrigins: ['self'],
    scope: defaults.scope,
    waitTimeout: 8000,
    idle: defaults.idle,
    signedOut: { requests: 'reject' },
    machine: { idle: { afterMs: null, signOutAfterMs: null, warnBeforeMs: 60_000, renewOnRequest: false } },
  });
  const unsaid = {
    ...given,
    scope: undefined,
    idle: { confirm: undefined },
    signedOut: { requests: undefined },
  };
  expect(resolveOptions(unsaid as typeof given, nowhere)).toEqual(settings);
});

test('nobody is ever away where the app says so', () => {
  expect(resolveOptions({ ...given, idle: false }, nowhere).machine.idle).toBe(null);
});

test.each([
  [nowhere, undefined, false],
  [pageAt('https://app.example.test/'), undefined, 'frame'],
  [pageAt('https://app.other.test/'), undefined, 'redirect'],
  [pageAt('https://app.other.test/'), 'frame', 'frame'],
  [pageAt('https://app.example.test/'), false, false],
] as const)('the way of a silent sign-in is decided once: %#', (platform, silent, mode) => {
  const options = silent === undefined ? given : { ...given, silent };
  const settings = resolveOptions(options, platform);
  expect(settings.silent).toBe(mode);
  expect(settings.machine.rescue).toBe(mode === 'frame');
});

test.each([
  {},
  { get: () => null, set: () => {} },
  { getItem: () => 'planted', setItem: () => {}, removeItem: () => {}, planted: 'planted' },
  'sessionStorage',
])('a storage that is none is refused by name, and not quoted: %#', (storage) => {
  const make = () => resolveOptions({ ...given, storage: storage as never }, nowhere);
  expect(make).toThrow(
    expect.objectContaining({
      code: 'option_invalid',
      message: expect.stringMatching(/^createSession: `storage\.\w+` must be a function$/) as string,
    }),
  );
});

test('a storage may be a class of its own', () => {
  class Kept {
    get = () => null;
    set() {}
    remove() {}
  }
  expect(() => resolveOptions({ ...given, storage: new Kept() }, nowhere)).not.toThrow();
});
