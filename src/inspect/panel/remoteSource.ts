import type { Instant } from '../../time/clock.ts';
import { createBacklog } from '../backlog.ts';
import type { InspectEntry } from '../inspectEntry.ts';
import type { Begun, MoreEntries } from '../viewerEvents.ts';
import type { InspectorSource } from './source.ts';

/** A session of another page or process, whose entries somebody brings. */
export interface RemoteSource extends InspectorSource {
  take(more: MoreEntries): void;
}

const MOST_ENTRIES = 20_000;

/** It has no controls: what is seen from here cannot be acted on. */
export const remoteSource = ({ name, base, entries, ...begun }: Begun, stop: () => void): RemoteSource => {
  const backlog = createBacklog(MOST_ENTRIES, base);
  const listeners = new Set<(entries: readonly InspectEntry[]) => void>();
  let last = 0;
  let time: Pick<MoreEntries, 'now' | 'isRunning'> & { readonly heardAtMs: number };

  const add = (more: Omit<MoreEntries, 'entries'>, brought: readonly InspectEntry[]): void => {
    const { now, isRunning } = more;
    time = { now, isRunning, heardAtMs: performance.now() };
    const fresh = brought.filter(({ number }) => number > last);
    for (const entry of fresh) backlog.push(entry);
    last = fresh.at(-1)?.number ?? last;
    for (const listener of listeners) listener(fresh);
  };
  add(begun, entries);

  return {
    name,
    isLive: true,
    get base() {
      return backlog.base;
    },
    get entries() {
      return backlog.entries;
    },
    now(): Instant {
      const sinceMs = time.isRunning ? performance.now() - time.heardAtMs : 0;
      return { wallMs: time.now.wallMs + sinceMs, monotonicMs: time.now.monotonicMs + sinceMs };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    take: (more) => add(more, more.entries),
    stop,
  };
};
