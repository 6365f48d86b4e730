import type { Instant, Milliseconds } from '../../time/clock.ts';
import { inWords } from '../guardWords.ts';
import type { InspectEntry } from '../inspectEntry.ts';
import { canvasColours } from './canvasColours.ts';
import { clockTime } from './clockTime.ts';
import { type Dom, write } from './dom.ts';
import { entryWords } from './entryWords.ts';
import { createTimelineSpans, type Span } from './timelineSpans.ts';

/** What the timeline shows. */
interface Shown {
  readonly entries: readonly InspectEntry[];
  readonly now: Instant;
  /** The entry that is looked at; `null`: the present. */
  readonly chosen: number | null;
}

/** The timeline of states, renewals and requests. */
export interface TimelineView {
  readonly element: HTMLElement;
  show(shown: Shown): void;
  /** What comes next is of another source. */
  restart(): void;
}

/** What each colour stands for. */
const legend = {
  anonymous: 'anonymous',
  authenticated: 'authenticated',
  refreshing: 'refreshing, renewal',
  idle: 'idle',
  expired: 'expired, failed renewal',
  held: 'request that is held',
  request: 'request that was sent',
};

/** What is first seen of it grows with the session, up to this. */
const FIT_MS = 300_000;
const LEAST_FIT_MS = 10_000;

const ROWS = ['states', 'renewals', 'requests'] as const;
const ROW_HEIGHT = 26;
const AXIS_HEIGHT = 18;
/** Where the names of the rows are. */
const GUTTER = 64;
const HEIGHT = ROWS.length * ROW_HEIGHT + AXIS_HEIGHT;
const SHORTEST_MS = 1000;
const LONGEST_MS = 86_400_000;
const FACTOR = 1.5;

/** The place of the last of sorted items that does not lie behind a value. */
const lastBefore = <T>(items: readonly T[], value: number, of: (item: T) => number): number => {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (of(items[middle]!) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

const spanWords = ({ kind, name, from }: Span, wallMs: Milliseconds): string =>
  `${kind === 'held' ? `${name} held` : name} for ${inWords(wallMs - from)}`;

/** Round steps for the axis. */
const STEPS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 43_200].map((s) => s * 1000);

export const timelineView = (dom: Dom, choose: (entry: number | null) => void): TimelineView => {
  const { h, window } = dom;
  let spans = createTimelineSpans();
  const canvas = h('canvas', {
    height: HEIGHT,
    tabindex: 0,
    role: 'slider',
    'aria-label':
      'Timeline: the arrow keys go through the entries, plus and minus zoom, 0 fits all, End returns to now',
    'aria-valuemin': 1,
  });
  const under = h('p', { class: 'under' });
  const zoomIn = h('button', { type: 'button', 'aria-label': 'Zoom in' }, '+');
  const zoomOut = h('button', { type: 'button', 'aria-label': 'Zoom out' }, '−');
  const fit = h('button', { type: 'button' }, 'Fit');
  const toNow = h('button', { type: 'button' }, 'Now');
  let shown: Shown = { entries: [], now: { wallMs: 0, monotonicMs: 0 }, chosen: null };
  /** Until somebody zooms, all of it is shown. */
  let isFitted = true;
  let widthMs = FIT_MS;

  const end = (): Milliseconds => {
    const { chosen, entries, now } = shown;
    if (chosen === null) return now.wallMs;
    const [first] = entries;
    const at = entries[chosen - (first?.number ?? 0)]?.at.wallMs ?? now.wallMs;
    return Math.min(now.wallMs, at + widthMs / 2);
  };
  const start = (): Milliseconds => end() - widthMs;

  const indexAt = (wallMs: Milliseconds): number => lastBefore(shown.entries, wallMs, ({ at }) => at.wallMs);

  const colours = canvasColours(dom);

  const plotWidth = (): number => Math.max(1, canvas.clientWidth - GUTTER);

  const drawSpan = (context: CanvasRenderingContext2D, { row, from, until, kind, name }: Span): void => {
    const perMs = plotWidth() / widthMs;
    const x = GUTTER + Math.max(0, (from - start()) * perMs);
    const to = Math.min(canvas.clientWidth, GUTTER + ((until ?? shown.now.wallMs) - start()) * perMs);
    const y = row * ROW_HEIGHT + 3;
    const isHeld = kind === 'held';
    // A request that was sent at once was not held; anything else that took no time is shown all the same.
    if (isHeld && from === until) return;
    context.fillStyle = colours.of(kind);
    // Not by its colour alone: what is held is low.
    context.fillRect(x, isHeld ? y + 7 : y, Math.max(2, to - x), isHeld ? 6 : ROW_HEIGHT - 6);
    if (isHeld || to - x < 60) return;
    context.fillStyle = colours.of('on-fill');
    context.save();
    context.beginPath();
    context.rect(x, y, to - x - 4, ROW_HEIGHT - 6);
    context.clip();
    context.fillText(name, x + 6, y + 14);
    context.restore();
  };

  const drawAxis = (context: CanvasRenderingContext2D): void => {
    const stepMs = STEPS.find((step) => (step / widthMs) * plotWidth() >= 90) ?? STEPS.at(-1)!;
    context.fillStyle = colours.of('ink');
    const from = Math.ceil(start() / stepMs) * stepMs;
    for (let at = from; at <= end(); at += stepMs) {
      const x = GUTTER + ((at - start()) / widthMs) * plotWidth();
      context.fillRect(x, HEIGHT - AXIS_HEIGHT, 1, 4);
      if (x + 56 > canvas.clientWidth) continue;
      context.fillText(clockTime({ wallMs: at, monotonicMs: 0 }).slice(0, 8), x + 3, HEIGHT - 4);
    }
    ROWS.forEach((name, row) => context.fillText(name, 0, row * ROW_HEIGHT + 17));
  };

  const draw = (): void => {
    const ratio = window.devicePixelRatio || 1;
    const width = canvas.clientWidth;
    canvas.width = width * ratio;
    canvas.height = HEIGHT * ratio;
    const context = canvas.getContext('2d');
    if (!context) return;
    colours.refresh();
    context.scale(ratio, ratio);
    context.font = '11px system-ui, sans-serif';
    context.clearRect(0, 0, width, HEIGHT);
    if (isFitted) widthMs = Math.min(FIT_MS, fitMs());
    const [from, to] = [start(), end()];
    for (const span of spans.all())
      if (span.from <= to && (span.until ?? Infinity) >= from) drawSpan(context, span);
    drawAxis(context);
    const { chosen, entries } = shown;
    const at = chosen === null ? undefined : entries[chosen - (entries[0]?.number ?? 0)]?.at.wallMs;
    if (at === undefined) return;
    context.fillStyle = colours.of('focus');
    context.fillRect(GUTTER + ((at - from) / widthMs) * plotWidth() - 1, 0, 2, HEIGHT - AXIS_HEIGHT);
  };

  const fitMs = (): Milliseconds => {
    const { entries, now } = shown;
    const lengthMs = now.wallMs - (entries[0]?.at.wallMs ?? now.wallMs);
    return Math.min(LONGEST_MS, Math.max(LEAST_FIT_MS, lengthMs * 1.05));
  };

  const zoomTo = (ms: Milliseconds): void => {
    isFitted = false;
    widthMs = ms;
    draw();
  };

  const zoom = (factor: number): void => {
    isFitted = false;
    widthMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, widthMs * factor));
    draw();
  };

  const wallAt = ({ offsetX }: MouseEvent): Milliseconds =>
    start() + (Math.max(0, offsetX - GUTTER) / plotWidth()) * widthMs;

  /** What was the case then, and what had happened last. */
  const explain = (wallMs: Milliseconds): void => {
    const entry = shown.entries[indexAt(wallMs)];
    if (!entry) return write(under, `${clockTime({ wallMs, monotonicMs: 0 })}: before the first entry`);
    const running = spans.at(wallMs).map((span) => spanWords(span, wallMs));
    const more = running.length > 6 ? [`${running.length - 6} more`] : [];
    const words = [...running.slice(0, 6), ...more].join(' · ');
    write(
      under,
      `${clockTime({ wallMs, monotonicMs: 0 })}: ${words || 'nothing runs'}. Last: ${entryWords(entry)} (${clockTime(entry.at)}).`,
    );
  };

  const hint = (): void => write(under, 'Point at a moment to read what was the case; click to look at it.');

  const chooseIndex = (index: number): void => {
    const entry = shown.entries[Math.min(shown.entries.length - 1, Math.max(0, index))];
    if (entry) choose(entry.number);
  };

  const step = (by: number): void => {
    const { chosen, entries } = shown;
    const current = chosen === null ? entries.length - 1 : chosen - (entries[0]?.number ?? 0);
    chooseIndex(current + by);
  };

  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    PageUp: () => step(-20),
    PageDown: () => step(20),
    Home: () => chooseIndex(0),
    End: () => choose(null),
    '+': () => zoom(1 / FACTOR),
    '-': () => zoom(FACTOR),
    0: () => zoomTo(fitMs()),
  };

  canvas.addEventListener('keydown', (event) => {
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  canvas.addEventListener('pointermove', (event) => explain(wallAt(event)));
  canvas.addEventListener('pointerleave', hint);
  canvas.addEventListener('click', (event) => chooseIndex(indexAt(wallAt(event))));
  canvas.addEventListener(
    'wheel',
    (event) => {
      // The wheel alone scrolls the panel, wherever the pointer is.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(event.deltaY > 0 ? FACTOR : 1 / FACTOR);
    },
    { passive: false },
  );
  zoomIn.addEventListener('click', () => zoom(1 / FACTOR));
  zoomOut.addEventListener('click', () => zoom(FACTOR));
  fit.addEventListener('click', () => zoomTo(fitMs()));
  toNow.addEventListener('click', () => choose(null));

  hint();
  const keyOf = ([kind, name]: [string, string]): HTMLElement => {
    const patch = h('span', { class: `patch ${kind}`, 'aria-hidden': 'true' });
    return h('li', {}, patch, name);
  };
  return {
    element: h(
      'div',
      { class: 'timeline' },
      h('div', { class: 'tools' }, zoomOut, zoomIn, fit, toNow),
      canvas,
      under,
      h('ul', { class: 'legend', 'aria-label': 'Colours' }, ...Object.entries(legend).map(keyOf)),
      colours.element,
    ),
    restart() {
      spans = createTimelineSpans();
      isFitted = true;
    },
    show(next) {
      shown = next;
      spans.take(next.entries);
      const { chosen, entries } = next;
      const current = chosen ?? entries.at(-1)?.number ?? 1;
      canvas.setAttribute('aria-valuemax', String(entries.at(-1)?.number ?? 1));
      canvas.setAttribute('aria-valuenow', String(current));
      const entry = entries[current - (entries[0]?.number ?? 0)];
      canvas.setAttribute(
        'aria-valuetext',
        entry ? `${clockTime(entry.at)} ${entryWords(entry)}` : `${inWords(widthMs)}, empty`,
      );
      draw();
    },
  };
};
