import { type Backlog, createBacklog, type Recorded } from '../../../inspect/backlog.ts';
import type { Batch } from '../../../inspect/batch.ts';
import type { Begun, Listed, MoreEntries } from '../../../inspect/viewerEvents.ts';
import type { Instant } from '../../../time/clock.ts';
import { Refusal } from './refusal.ts';

/** What a viewer of the hub is told. */
interface Viewer {
  list(sessions: readonly Listed[]): void;
  more(entries: MoreEntries): void;
}

/** Where entries come together, and viewers find them. */
export interface Hub {
  /** From a page of this origin, or a process. */
  take(batch: Batch, origin: string | undefined): void;
  readonly sessions: readonly Listed[];
  /** What there is to see of a session so far, if it is known. */
  begun(id: string): Begun | undefined;
  /** `id`: of the session whose entries it gets. */
  watch(id: string | undefined, viewer: Viewer): () => void;
}

const MOST_SESSIONS = 20;
const MOST_ENTRIES = 10_000;

interface Watched {
  readonly listed: Listed;
  readonly backlog: Backlog;
  last: number;
  now: Instant;
  isRunning: boolean;
  heardAtMs: number;
}

/** The time in a session: it goes on since it was told, if it does so by itself. */
const timeOf = ({ now, isRunning, heardAtMs }: Watched): Instant => {
  const sinceMs = isRunning ? performance.now() - heardAtMs : 0;
  return { wallMs: now.wallMs + sinceMs, monotonicMs: now.monotonicMs + sinceMs };
};

const copyOf = ({ base, entries }: Recorded): Recorded => ({ base, entries: [...entries] });

export const createHub = (): Hub => {
  const sessions = new Map<string, Watched>();
  const viewers = new Map<Viewer, string | undefined>();
  const list = (): readonly Listed[] => [...sessions.values()].map(({ listed }) => listed);
  const tellList = (): void => {
    for (const viewer of viewers.keys()) viewer.list(list());
  };

  const put = (id: string, watched: Watched): Watched => {
    sessions.set(id, watched);
    return watched;
  };

  /** Of those that are too many the one goes that was heard from longest ago. */
  const makeRoom = (): void => {
    if (sessions.size < MOST_SESSIONS) return;
    const [[quietest] = ['']] = [...sessions].toSorted(([, a], [, b]) => a.heardAtMs - b.heardAtMs);
    sessions.delete(quietest);
  };

  const watchNew = ({ sender: id, name, now }: Batch, from: string): Watched => {
    makeRoom();
    const listed: Listed = { id, name, from, since: now.wallMs, isOver: false };
    const backlog = createBacklog(MOST_ENTRIES);
    const watched = put(id, { listed, backlog, last: 0, now, isRunning: false, heardAtMs: 0 });
    tellList();
    return watched;
  };

  const end = (id: string, watched: Watched): void => {
    put(id, { ...watched, isRunning: false, listed: { ...watched.listed, isOver: true } });
    tellList();
  };

  return {
    take(batch, origin) {
      const { sender: id, entries, now, isRunning, isLast } = batch;
      const known = sessions.get(id);
      const next = (known?.last ?? 0) + 1;
      if (entries[0] && entries[0].number > next)
        throw new Refusal(409, `Entry ${next} is missing. Call sendInspection again`);
      const watched = known ?? watchNew(batch, origin ?? 'a process');
      // What came already has come again: its sender had no answer.
      const fresh = entries.filter(({ number }) => number >= next);
      for (const entry of fresh) watched.backlog.push(entry);
      Object.assign(watched, { last: next + fresh.length - 1, now, isRunning, heardAtMs: performance.now() });
      const more: MoreEntries = { now, isRunning: isRunning && !isLast, entries: fresh };
      for (const [viewer, wanted] of viewers) if (wanted === id) viewer.more(more);
      if (isLast && !watched.listed.isOver) end(id, watched);
    },
    get sessions() {
      return list();
    },
    begun(id) {
      const watched = sessions.get(id);
      if (!watched) return undefined;
      const { listed, isRunning, backlog } = watched;
      return { name: listed.name, now: timeOf(watched), isRunning, ...copyOf(backlog) };
    },
    watch(id, viewer) {
      viewers.set(viewer, id);
      return () => void viewers.delete(viewer);
    },
  };
};
