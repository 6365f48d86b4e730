import { expect, onTestFinished, test, vi } from 'vitest';
import { createListeners } from '../../../src/time/listeners.ts';

const spyOnErrors = () => {
  const onError = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => onError.mockRestore());
  return onError;
};

test('a listener that undoes itself and listens again is called once for one fact', () => {
  const { add, tell } = createListeners();
  let calls = 0;
  let off = () => {};
  const again = () => {
    calls++;
    off();
    off = add(again);
  };
  off = add(again);
  tell(1);
  expect(calls).toBe(1);
  tell(2);
  expect(calls).toBe(2);
});

test('a listener that another one has undone meanwhile is not called', () => {
  const { add, tell } = createListeners();
  const second = vi.fn();
  let off = () => {};
  add(() => off());
  off = add(second);
  tell(1);
  expect(second).not.toHaveBeenCalled();
});

test('the same function listens as often as it is added, and each undo undoes one', () => {
  const { add, tell } = createListeners();
  const listener = vi.fn();
  const off = add(listener);
  add(listener);
  tell(1);
  expect(listener).toHaveBeenCalledTimes(2);
  off();
  off();
  tell(2);
  expect(listener).toHaveBeenCalledTimes(3);
});

test('what a listener throws, or rejects with, is printed and stops nobody', async () => {
  const onError = spyOnErrors();
  const { add, tell } = createListeners();
  const last = vi.fn();
  add(() => {
    throw new Error('thrown');
  });
  add(async () => {
    throw new Error('rejected');
  });
  add(last);
  tell(1);
  expect(last).toHaveBeenCalledExactlyOnceWith(1);
  await vi.waitFor(() =>
    expect(onError.mock.calls.map(([error]) => (error as Error).message)).toEqual(['thrown', 'rejected']),
  );
});
