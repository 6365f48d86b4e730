import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { InspectEntry } from '../../../src/inspect/inspectEntry.ts';
import { remoteSource } from '../../../src/inspect/panel/remoteSource.ts';

const instant = (ms: number) => ({ wallMs: 1_700_000_000_000 + ms, monotonicMs: ms });
const entry = (number: number): InspectEntry => ({ number, at: instant(number), kind: 'stopped' });
const begun = { name: 'app', base: null, now: instant(100), isRunning: true, entries: [entry(1), entry(2)] };

describe('a session of another process', () => {
  test('tells what has come, and each entry once', () => {
    const source = remoteSource(begun, vi.fn());
    const heard = vi.fn();
    const unsubscribe = source.subscribe(heard);
    source.take({ now: instant(200), isRunning: true, entries: [entry(2), entry(3)] });
    unsubscribe();
    source.take({ now: instant(300), isRunning: true, entries: [entry(4)] });
    expect(heard.mock.calls).toEqual([[[entry(3)]]]);
    expect(source.entries).toEqual([1, 2, 3, 4].map(entry));
    expect(source.controls).toBeUndefined();
  });

  test('has its own time, which goes on between two messages if it does so there', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const source = remoteSource(begun, vi.fn());
    vi.advanceTimersByTime(50);
    expect(source.now()).toEqual(instant(150));
    source.take({ now: instant(160), isRunning: false, entries: [] });
    vi.advanceTimersByTime(50);
    expect(source.now()).toEqual(instant(160));
  });
});
