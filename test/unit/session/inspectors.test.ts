import { expect, onTestFinished, test, vi } from 'vitest';
import { createFakeSession } from '../../../src/testing/index.ts';

interface Seen {
  readonly type: string;
  readonly actorRef: { readonly sessionId: string };
}

const ada = { name: 'Ada' };
const typesIn = (seen: readonly Seen[]) => new Set(seen.map(({ type }) => type));

test.each([
  ['a function', (next: (event: Seen) => void) => next],
  ['an observer', (next: (event: Seen) => void) => ({ next })],
])('%s inspects from the first start on', async (_, wrap) => {
  const seen: Seen[] = [];
  const session = createFakeSession({ user: ada, inspect: wrap((event) => seen.push(event)) });
  onTestFinished(session.stop);
  await session.enter('authenticated');
  for (const type of ['actor', 'event', 'snapshot', 'microstep'])
    expect(typesIn(seen)).toContain(`@xstate.${type}`);
  // The root and its six services.
  expect(seen.filter(({ type }) => type === '@xstate.actor')).toHaveLength(7);
});

test('who comes late is shown the actors that are there, and goes on with the next start', async () => {
  const session = createFakeSession({ user: ada });
  onTestFinished(session.stop);
  await session.enter('authenticated');
  const seen: Seen[] = [];
  const stop = session.inspect((event: Seen) => seen.push(event));
  expect(seen.map(({ type }) => type)).toEqual(Array(7).fill('@xstate.actor'));
  session.touch();
  expect(typesIn(seen)).toContain('@xstate.event');
  session.stop();
  await session.start();
  expect(seen.filter(({ type }) => type === '@xstate.actor')).toHaveLength(14);
  stop();
  const before = seen.length;
  await session.renew();
  expect(seen.length).toBe(before);
});

test.each([undefined, null, 5, 'x'])('%j is refused as an inspector', (odd) => {
  const session = createFakeSession({ user: ada });
  expect(() => session.inspect(odd as never)).toThrow(expect.objectContaining({ code: 'option_invalid' }));
});

test('one that throws is printed, and stops neither the machine nor the others', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => printed.mockRestore());
  const other = vi.fn();
  const session = createFakeSession({ user: ada });
  onTestFinished(session.stop);
  session.inspect(() => {
    throw new Error('mine');
  });
  session.inspect({});
  session.inspect({ next: other });
  await session.enter('authenticated');
  expect(session.status).toBe('signedIn');
  expect(other).toHaveBeenCalled();
  expect(printed).toHaveBeenCalledWith(expect.objectContaining({ message: 'mine' }));
});
