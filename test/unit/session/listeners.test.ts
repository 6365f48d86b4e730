import { expect, onTestFinished, test, vi } from 'vitest';
import { createListeners } from '../../../src/session/listeners.ts';

const spyOnErrors = () => {
  const onError = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => onError.mockRestore());
  return onError;
};

test('a listener that undoes itself and listens again is called once for one fact', () => {
  const { on, tell } = createListeners();
  let calls = 0;
  let off = () => {};
  const again = () => {
    calls++;
    off();
    off = on('renewed', again);
  };
  off = on('renewed', again);
  tell({ type: 'renewed' });
  expect(calls).toBe(1);
  tell({ type: 'renewed' });
  expect(calls).toBe(2);
});

test('a listener that another one has undone meanwhile is not called', () => {
  const { subscribe, changed } = createListeners();
  const second = vi.fn();
  let off = () => {};
  subscribe(() => off());
  off = subscribe(second);
  changed();
  expect(second).not.toHaveBeenCalled();
});

test('the same function listens as often as it is added, and each undo undoes one', () => {
  const { subscribe, changed } = createListeners();
  const listener = vi.fn();
  const off = subscribe(listener);
  subscribe(listener);
  changed();
  expect(listener).toHaveBeenCalledTimes(2);
  off();
  off();
  changed();
  expect(listener).toHaveBeenCalledTimes(3);
});

test('what a listener throws, or rejects with, is printed and stops nobody', async () => {
  const onError = spyOnErrors();
  const { on, tell } = createListeners();
  const last = vi.fn();
  on('renewed', () => {
    throw new Error('thrown');
  });
  on('renewed', async () => {
    throw new Error('rejected');
  });
  on('*', last);
  tell({ type: 'renewed' });
  expect(last).toHaveBeenCalledExactlyOnceWith({ type: 'renewed' });
  await vi.waitFor(() =>
    expect(onError.mock.calls.map(([error]) => (error as Error).message)).toEqual(['thrown', 'rejected']),
  );
});
