import { expect, test } from 'vitest';
import { guards } from '../../../machines/guards.ts';
import { baseAfter } from '../../../src/inspect/backlog.ts';
import { edgesIn } from '../../../src/inspect/edgesIn.ts';
import { reasonWords, whyTaken } from '../../../src/inspect/guardWords.ts';
import { entryWords } from '../../../src/inspect/panel/entryWords.ts';
import { createStage, signedIn, stories } from './inspected.ts';

const ODD = /undefined|NaN|null|Infinity|\[object|: \.|\(\)| {2}/;

test.each(Object.keys(guards))('the guard %s is put in words, whatever is known', (guard) => {
  for (const stage of [createStage(), signedIn()]) {
    const words = whyTaken(`authenticated--${guard}`, stage.context());
    expect(words).toMatch(/^[A-Z].{8,}[.]$/);
    expect(words).not.toBe(guard);
    expect(words).not.toMatch(ODD);
  }
});

test('what no machine has is left as it is', () => {
  const context = signedIn().context();
  for (const edge of ['authenticated--constructor', 'a--toString', 'a', ''])
    expect(whyTaken(edge, context)).toBe(edge.split('--')[1] ?? '');
  expect(reasonWords('constructor')).toBe('constructor');
});

const said: Record<string, RegExp> = {
  'authenticated: due -> refreshing': /^It is time to renew: the access token has 1 min left/,
  'authenticated: away -> idle': /no sign of the user for 10 min, and 10 min is the limit/,
  'idle: ended -> expired': /away longer than the app allows.*The last sign of the user: 20 min ago/,
  'authenticated: ended -> expired': /the last token has expired.*the access token expired 0 ms ago/,
  'refreshing: ended -> expired': /no longer accepts the refresh token.*The last failure: test/,
  'authenticated: endsSoon': /absolute limit comes in 2\d min/,
  'refreshing.granting: failedTransiently -> refreshing.backingOff': /The renewal failed \(test\)/,
  'refreshing.backingOff: retries -> refreshing.granting': /after failure 1 is over/,
};

test.each(stories)('$name: each edge says why, and each entry is one line', async ({ name, play }) => {
  const { inspection } = await play();
  const reasons: Record<string, string> = {};
  let machine = inspection.base;
  for (const entry of inspection.entries) {
    const words = entryWords(entry);
    expect(words).not.toMatch(ODD);
    expect(words).not.toContain('\n');
    const taken = entry.kind === 'step' && machine ? edgesIn(machine, entry.micro, entry.at) : [];
    for (const { edge, why } of taken) reasons[edge] = why;
    machine = baseAfter(machine, entry);
  }
  for (const why of Object.values(reasons)) expect(why).not.toMatch(ODD);
  expect(reasons[name.replace(/: (\w+).*/, '--$1')]).toMatch(said[name] ?? /./);
});

test('what is said above is of stories', () => {
  const names = stories.map(({ name }) => name);
  for (const name of Object.keys(said)) expect(names).toContain(name);
});
