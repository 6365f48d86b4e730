import type { Instant, Milliseconds } from '../../time/clock.ts';
import type { InspectEntry } from '../inspectEntry.ts';

/** Something that has a beginning, and an end unless it goes on. */
export interface Span {
  /** 0: states, 1: renewals, 2: requests. */
  readonly row: number;
  readonly from: Milliseconds;
  until: Milliseconds | null;
  kind: string;
  readonly name: string;
}

/** What the timeline draws, made as entries come. */
export interface TimelineSpans {
  /** In the order of their beginnings. */
  all(): readonly Span[];
  /** What was the case at an instant. */
  at(wallMs: Milliseconds): readonly Span[];
  /** Takes what has come. What was over before the first entry that is kept is forgotten with its entries. */
  take(entries: readonly InspectEntry[]): void;
}

export const createTimelineSpans = (): TimelineSpans => {
  let spans: Span[] = [];
  let state: Span | undefined;
  const renewals = new Map<number, Span>();
  const requests = new Map<number, Span>();
  let count = 0;
  let first = 0;

  const begin = (row: number, at: Instant, kind: string, name: string): Span => {
    const span: Span = { row, from: at.wallMs, until: null, kind, name };
    spans.push(span);
    return span;
  };

  const noteState = (at: Instant, name: string | null): void => {
    if (state?.name === name) return;
    if (state) state.until = at.wallMs;
    state = name === null ? undefined : begin(0, at, name.split('.')[0] ?? '', name);
  };

  /** What a request does from then on, if that is something else. */
  const phases = {
    started: 'held',
    refused: 'held',
    waited: null,
    sent: 'request',
    repeated: 'request',
    settled: null,
  } as const;

  const noteRequest = ({ at, request }: Extract<InspectEntry, { kind: 'request' }>): void => {
    const { call, type, method, path } = request;
    const known = requests.get(call);
    if (known) known.until = at.wallMs;
    requests.delete(call);
    const kind = phases[type];
    if (kind) requests.set(call, begin(2, at, kind, `#${call} ${method} ${path}`));
  };

  const noteRenewal = (entry: Extract<InspectEntry, { kind: 'renewal' }>): void => {
    if (entry.outcome === 'begun')
      return void renewals.set(
        entry.generation,
        begin(1, entry.at, 'renewal', `renewal of token ${entry.generation}`),
      );
    const known = renewals.get(entry.generation);
    if (known) known.until = entry.at.wallMs;
    if (known && entry.outcome === 'failed') known.kind = 'expired';
    renewals.delete(entry.generation);
  };

  const note = (entry: InspectEntry): void => {
    if (entry.kind === 'started') noteState(entry.at, entry.state);
    if (entry.kind === 'stopped') noteState(entry.at, null);
    if (entry.kind === 'step') for (const { state: to } of entry.micro) noteState(entry.at, to);
    if (entry.kind === 'renewal') noteRenewal(entry);
    if (entry.kind === 'request') noteRequest(entry);
  };

  const forgetBefore = (wallMs: Milliseconds): void => {
    spans = spans.filter(({ until }) => until === null || until >= wallMs);
  };

  return {
    all: () => spans,
    at: (wallMs) =>
      spans.filter(({ from, until }) => from <= wallMs && wallMs <= (until ?? Infinity) && from !== until),
    take(entries) {
      const start = entries[0]?.number ?? 0;
      if (start > first) forgetBefore(entries[0]!.at.wallMs);
      count = Math.max(0, count - Math.max(0, start - first));
      first = start;
      for (; count < entries.length; count++) note(entries[count]!);
    },
  };
};
