import { expect, test } from 'vitest';
import { SessionError } from '../../../src/errors/sessionError.ts';
import { warnOnceAlone } from '../../../src/tabs/warnOnceAlone.ts';

test('of what leaves a tab to itself a page is told once, of all else each time', () => {
  const told: string[] = [];
  const warn = warnOnceAlone(({ code }) => void told.push(code));
  for (const code of [
    'storage_ignored',
    'record_unavailable',
    'tabs_unavailable',
    'record_unavailable',
    'storage_ignored',
  ] as const)
    warn(new SessionError(code, 'A warning'));
  expect(told).toEqual(['storage_ignored', 'record_unavailable', 'storage_ignored']);
});

test('each session is told for itself', () => {
  const told: string[] = [];
  for (const name of ['one', 'other'])
    warnOnceAlone(() => void told.push(name))(new SessionError('tabs_unavailable', 'A warning'));
  expect(told).toEqual(['one', 'other']);
});
