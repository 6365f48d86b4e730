import { expect, onTestFinished, test, vi } from 'vitest';
import { type ActivitySource, startActivitySources } from '../../../src/activity/activitySource.ts';

const controllable = () => {
  const stop = vi.fn();
  let sense: (...args: unknown[]) => void = () => {};
  const source: ActivitySource = (onActive) => {
    sense = onActive;
    return stop;
  };
  return { source, stop, sense: (...args: unknown[]) => sense(...args) };
};

const spyOnErrors = () => {
  const onError = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => onError.mockRestore());
  return onError;
};

const throws = (message: string) => () => {
  throw new Error(message);
};

test('every source reports, without what it may pass along', () => {
  const [one, two] = [controllable(), controllable()];
  const onActive = vi.fn();
  startActivitySources([one.source, two.source], onActive);
  one.sense();
  two.sense({ type: 'play' });
  expect(onActive.mock.calls).toEqual([[], []]);
});

test('one that throws leaves the others alone', () => {
  const [one, two] = [controllable(), controllable()];
  const onError = spyOnErrors();
  two.stop.mockImplementation(throws('stop'));
  const stop = startActivitySources(
    [throws('start'), two.source, () => throws('stop too'), one.source],
    vi.fn(),
  );
  stop();
  expect(one.stop).toHaveBeenCalledOnce();
  expect(onError.mock.calls.map(([error]) => (error as Error).message)).toEqual([
    'start',
    'stop',
    'stop too',
  ]);
});

test('a throwing listener is reported, not thrown into the source', () => {
  const { source, sense } = controllable();
  const onError = spyOnErrors();
  startActivitySources([source], throws('listener'));
  expect(() => sense()).not.toThrow();
  expect(onError).toHaveBeenCalledOnce();
});

test('after the stop nothing is heard, and a second stop does nothing', () => {
  const { source, sense, stop: stopped } = controllable();
  const onActive = vi.fn();
  const stop = startActivitySources([source], onActive);
  stop();
  stop();
  sense();
  expect(onActive).not.toHaveBeenCalled();
  expect(stopped).toHaveBeenCalledOnce();
});

test('a source without a stop is let be', () => {
  const onError = spyOnErrors();
  startActivitySources([(() => undefined) as unknown as ActivitySource], vi.fn())();
  expect(onError).not.toHaveBeenCalled();
});
