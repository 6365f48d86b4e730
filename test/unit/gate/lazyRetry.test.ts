import { expect, test } from 'vitest';
import { createRetry } from '../../../src/gate/retry.ts';
import { API, setUpGate, unauthorized, watch } from './gateHarness.ts';

/** A gate whose judge of answers cannot be loaded at the first `failures` tries. */
const signedIn = (failures: number) => {
  const loads = { count: 0 };
  const loadRetry = async () => {
    if (loads.count++ < failures) throw new TypeError('gone');
    return createRetry;
  };
  const set = setUpGate({ loadRetry });
  set.fill(1);
  return { ...set, loads };
};

test('what judges a 401 is loaded at the first one, and once', async () => {
  const { gate, network, clock, loads, session, renewed } = signedIn(0);
  await gate.fetch(`${API}/x`);
  expect(loads.count).toBe(0);
  network.answer = ({ authorization }) =>
    authorization?.endsWith('.1') ? unauthorized() : new Response('ok');
  const calls = [watch(gate.fetch(`${API}/x`)), watch(gate.fetch(`${API}/y`))];
  await clock.advance(0);
  expect([loads.count, session.asked]).toEqual([1, [1]]);
  renewed(2);
  await clock.advance(0);
  expect(calls.map(({ value }) => value?.status)).toEqual([200, 200]);
});

test('where it cannot be loaded, the 401 is handed through, and the next one tries again', async () => {
  const { gate, network, clock, loads, session } = signedIn(1);
  network.answer = () => unauthorized('first');
  expect(await (await gate.fetch(`${API}/x`)).text()).toBe('first');
  expect(session.asked).toEqual([]);
  watch(gate.fetch(`${API}/x`));
  await clock.advance(0);
  expect([loads.count, session.asked]).toEqual([2, [1]]);
});
