import { isSessionError } from '../../errors/sessionError.ts';
import type { Stop } from '../../time/stop.ts';
import type { Instant } from '../../time/clock.ts';
import { adoptChartStyle, createChart } from '../chart/createChart.ts';
import { saveRecording } from '../recording.ts';
import { barsView } from './barsView.ts';
import { controlsView } from './controlsView.ts';
import { clockTime } from './clockTime.ts';
import { createDom, type Dom, write } from './dom.ts';
import { endStory } from './endStory.ts';
import { entryStory } from './entryStory.ts';
import { explainEntry } from './explainEntry.ts';
import { forecastView } from './forecastView.ts';
import { logView } from './logView.ts';
import { createMoments, type Moment, type Moments } from './moments.ts';
import { panelCss } from './panelCss.ts';
import { recordingSource } from './recordingSource.ts';
import { replayView } from './replayView.ts';
import type { InspectorSource } from './source.ts';
import { timelineView } from './timelineView.ts';
import { whyView } from './whyView.ts';

/** A drawn inspector. */
export interface Panel {
  readonly element: HTMLElement;
  readonly stop: Stop;
}

/** What surrounds a panel. */
export interface PanelOptions {
  /** Called by its button; without it there is none. */
  readonly onClose?: (() => void) | undefined;
}

/** Adopts the inspector's style. Sheets belong to the window that made them. */
export const adoptStyle = (root: Document | ShadowRoot, window: Window & typeof globalThis): void => {
  const sheet = new window.CSSStyleSheet();
  sheet.replaceSync(panelCss);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  adoptChartStyle(root);
};

const section = ({ h }: Dom, title: string, ...children: readonly Node[]): HTMLElement =>
  h('section', { 'aria-label': title, tabindex: -1 }, h('h3', {}, title), ...children);

const download = ({ h, window }: Dom, name: string, text: string): void => {
  const url = window.URL.createObjectURL(new window.Blob([text], { type: 'application/json' }));
  h('a', { href: url, download: name }).click();
  window.setTimeout(() => window.URL.revokeObjectURL(url), 60_000);
};

/** Draws the inspector of a source into a document. */
export const createPanel = (
  document: Document,
  source: InspectorSource,
  options: PanelOptions = {},
): Panel => {
  const dom = createDom(document);
  const { h, window } = dom;
  /** What is shown: the session, or a recording that was opened. */
  let shown = source;
  let moments: Moments = createMoments(shown);
  let firstNumber = shown.entries[0]?.number ?? 0;
  let chosen: number | null = null;
  /** When it was paused, and the last entry by then. */
  let paused: { readonly now: Instant; readonly number: number } | null = null;
  let isStale = true;
  let unsubscribe: Stop | undefined;

  const choose = (entry: number | null): void => {
    chosen = entry;
    invalidate();
  };

  const now = (): Instant => paused?.now ?? shown.now();

  /** -1: it was dropped. What was known then has its place before the first entry that is kept. */
  const indexOf = (number: number | null): number =>
    number === null ? shown.entries.length - 1 : Math.max(-1, number - (shown.entries[0]?.number ?? 0));

  /** The place of what is looked at. */
  const place = (): number => indexOf(chosen ?? paused?.number ?? null);

  const entries = (): InspectorSource['entries'] =>
    paused ? shown.entries.slice(0, indexOf(paused.number) + 1) : shown.entries;

  const momentAt = (index: number): Moment => {
    const start = shown.entries[0]?.number ?? 0;
    // Old entries were dropped: what was noted by place is somewhere else.
    if (start !== firstNumber) moments = createMoments(shown);
    firstNumber = start;
    return moments.at(index);
  };
  const moment = (): Moment => momentAt(place());

  /** How it stands with the session, whatever is looked at. */
  const momentNow = (): { machine: Moment['machine']; now: Instant } => ({
    machine: momentAt(shown.entries.length - 1).machine,
    now: shown.now(),
  });

  const chart = createChart(document);
  const why = whyView(dom);
  const bars = barsView(dom);
  const foreseen = forecastView(dom);
  const timeline = timelineView(dom, choose);
  const log = logView(dom, choose, explainEntry, (entry) =>
    entryStory({ entries: shown.entries }, moments, indexOf(entry.number)),
  );
  const replay = replayView(dom, choose);

  const title = h('h2', {}, '');
  const trouble = h('span', { class: 'trouble', role: 'alert' });
  const pause = h('button', { type: 'button', 'aria-pressed': 'false' }, 'Pause');
  const save = h('button', { type: 'button' }, 'Save');
  const open = h('button', { type: 'button' }, 'Open …');
  const back = h('button', { type: 'button' }, 'Back to the session');
  const toNow = h('button', { type: 'button' }, 'Back to now');
  const file = h('input', {
    type: 'file',
    accept: '.json,application/json',
    hidden: true,
    'aria-label': 'Recording',
  });
  const controls = source.controls ? controlsView(dom, source.controls, momentNow) : undefined;
  const controlsSection = controls ? section(dom, 'Act on the session', controls) : undefined;
  const replaySection = section(dom, 'Replay on the real machine', replay.element);

  const drawTime = (): void => {
    const { machine } = moment();
    const at = chosen === null ? now() : (shown.entries[place()]?.at ?? now());
    bars.show({ context: machine?.context ?? null, now: at });
    foreseen.show({ machine, now: at });
    timeline.show({ entries: entries(), now: now(), chosen });
  };

  const draw = (): void => {
    const current = moment();
    chart.light(
      current.machine?.state ?? null,
      current.taken.map(({ edge }) => edge),
    );
    const isOver = current.machine?.state === 'expired';
    why.show({ ...current, story: isOver ? endStory({ entries: shown.entries }, moments, place()) : [] });
    const chosenAt = chosen === null ? undefined : shown.entries[place()]?.at;
    write(whenTitle, chosenAt ? `At ${clockTime(chosenAt)}` : 'Now');
    toNow.hidden = chosen === null || !shown.isLive;
    log.show(entries(), chosen);
    replay.show(shown, chosen);
    drawTime();
  };

  const invalidate = (): void => {
    isStale = true;
  };

  const show = (next: InspectorSource): void => {
    unsubscribe?.();
    shown = next;
    moments = createMoments(shown);
    firstNumber = shown.entries[0]?.number ?? 0;
    chosen = shown.isLive ? null : (shown.entries[0]?.number ?? null);
    paused = null;
    timeline.restart();
    log.restart();
    pause.setAttribute('aria-pressed', 'false');
    write(title, shown.isLive ? `Session “${shown.name}”` : `Recording “${shown.name}”`);
    pause.hidden = !shown.isLive;
    back.hidden = shown === source;
    replaySection.hidden = shown.isLive;
    if (controlsSection) controlsSection.hidden = shown !== source;
    unsubscribe = shown.subscribe(() => {
      if (!paused) invalidate();
    });
    invalidate();
  };

  const openFile = async (): Promise<void> => {
    const [chosenFile] = file.files ?? [];
    file.value = '';
    if (!chosenFile) return;
    write(trouble, '');
    try {
      show(recordingSource(chosenFile.name, await chosenFile.text()));
    } catch (error) {
      write(trouble, isSessionError(error) ? error.message : 'The file cannot be read.');
    }
  };

  pause.addEventListener('click', () => {
    paused = paused ? null : { now: shown.now(), number: shown.entries.at(-1)?.number ?? 0 };
    pause.setAttribute('aria-pressed', String(paused !== null));
    invalidate();
  });
  save.addEventListener('click', () =>
    download(dom, `token-vigil-${shown.name}-${Date.now()}.json`, saveRecording(shown)),
  );
  open.addEventListener('click', () => file.click());
  file.addEventListener('change', () => void openFile());
  back.addEventListener('click', () => show(source));
  toNow.addEventListener('click', () => {
    choose(null);
    pause.focus();
  });

  const close = options.onClose && h('button', { type: 'button', 'aria-label': 'Close the inspector' }, '✕');
  close?.addEventListener('click', () => options.onClose?.());

  const nowSection = section(dom, 'Now', why.element);
  const whenTitle = nowSection.querySelector('h3')!;
  const chartSection = section(dom, 'Chart', chart.element);
  const timelineSection = section(dom, 'Timeline', timeline.element);
  const logSection = section(dom, 'Log', log.element);
  chartSection.classList.add('chart');

  const jumpTo = (name: string, target: HTMLElement): HTMLElement => {
    const button = h('button', { type: 'button' }, name);
    button.addEventListener('click', () => {
      target.scrollIntoView({ block: 'start' });
      target.focus({ preventScroll: true });
    });
    return button;
  };

  const element = h(
    'div',
    { class: 'inspector', role: 'region', 'aria-label': 'token-vigil inspector' },
    h(
      'div',
      { class: 'head' },
      title,
      h('span', { class: 'spring' }),
      trouble,
      pause,
      save,
      open,
      back,
      file,
      ...(close ? [close] : []),
      h(
        'nav',
        { 'aria-label': 'Sections' },
        jumpTo('State', nowSection),
        jumpTo('Timeline', timelineSection),
        jumpTo('Log', logSection),
        jumpTo('Chart', chartSection),
        toNow,
      ),
    ),
    h(
      'div',
      { class: 'body', tabindex: 0, role: 'group', 'aria-label': 'What is seen of the session' },
      nowSection,
      chartSection,
      h(
        'div',
        { class: 'pair' },
        section(dom, 'What is left', bars.element),
        section(dom, 'What will happen by itself', foreseen.element),
      ),
      ...(controlsSection ? [controlsSection] : []),
      replaySection,
      timelineSection,
      logSection,
    ),
  );

  // From what is looked at to the present, from there to the session, and then out.
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    const [target] = event.composedPath();
    if (target instanceof window.HTMLInputElement && target.value !== '') return;
    event.preventDefault();
    event.stopPropagation();
    if (shown.isLive && chosen !== null) return choose(null);
    if (shown !== source) return show(source);
    options.onClose?.();
  });

  const isReduced = window.matchMedia('(prefers-reduced-motion: reduce)');
  let frame = 0;
  let lastTimeMs = 0;
  const tick = (timeMs: number): void => {
    frame = window.requestAnimationFrame(tick);
    if (isStale) {
      isStale = false;
      lastTimeMs = timeMs;
      return draw();
    }
    // Time runs, but no faster than it can be read.
    if (!shown.isLive || paused || timeMs - lastTimeMs < (isReduced.matches ? 1000 : 100)) return;
    lastTimeMs = timeMs;
    drawTime();
  };
  show(source);
  frame = window.requestAnimationFrame(tick);

  return {
    element,
    stop() {
      window.cancelAnimationFrame(frame);
      unsubscribe?.();
      source.stop();
      element.remove();
    },
  };
};
