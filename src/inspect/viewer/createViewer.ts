import { createDom, write } from '../panel/dom.ts';
import { createPanel } from '../panel/index.ts';
import { recordingSource } from '../panel/recordingSource.ts';
import { type RemoteSource, remoteSource } from '../panel/remoteSource.ts';
import type { Begun, Listed, MoreEntries } from '../viewerEvents.ts';
import { openEvents } from './openEvents.ts';
import { sessionList } from './sessionList.ts';

interface Shown {
  readonly id: string;
  readonly source: RemoteSource;
}

interface ShownFile {
  readonly name: string;
  readonly text: string;
}

const fetchRecording = async (): Promise<ShownFile | null> => {
  const response = await fetch('/recording');
  return response.ok ? ((await response.json()) as ShownFile | null) : null;
};

/** Whether nothing is missing between what is shown and what has come now. */
const goesOn = ({ source }: Shown, { entries }: Begun): boolean =>
  (entries[0]?.number ?? 0) <= (source.entries.at(-1)?.number ?? 0) + 1;

/** The page of `npx token-vigil inspect`: one session of those that send, or a recording. */
export const createViewer = async (document: Document): Promise<void> => {
  const dom = createDom(document);
  const { h } = dom;
  const status = h('span', { class: 'muted', role: 'status' });
  const place = h('main');
  let shown: Shown | undefined;
  let panel: { readonly element: HTMLElement; stop(): void } | undefined;
  let stopEvents: (() => void) | undefined;

  const show = (source: Parameters<typeof createPanel>[1]): void => {
    panel?.stop();
    panel = createPanel(document, source);
    place.replaceChildren(panel.element);
  };

  const begin = (id: string, begun: Begun): void => {
    if (shown?.id === id && goesOn(shown, begun)) return shown.source.take(begun);
    shown = { id, source: remoteSource(begun, () => undefined) };
    show(shown.source);
  };

  const openRecorded = ({ name, text }: ShownFile): void => {
    shown = undefined;
    show(recordingSource(name, text));
  };

  /** `undefined`: there is nobody yet, or a recording is shown. */
  const follow = (id: string | undefined): void => {
    stopEvents?.();
    stopEvents = openEvents(id, {
      list: (sessions: readonly Listed[]) => list.show(sessions),
      begun: (begun: Begun) => id !== undefined && begin(id, begun),
      more: (more: MoreEntries) => shown?.source.take(more),
      state: (text) => write(status, text),
    });
  };

  const file = await fetchRecording();
  const list = sessionList(dom, file?.name, (choice) => {
    if (choice === 'recording' && file) openRecorded(file);
    follow(choice === 'recording' ? undefined : choice.id);
  });

  write(place, 'Waiting for a session. Add the line that token-vigil inspect has printed to your app.');
  document.body.style.cssText =
    'margin: 0; block-size: 100vh; display: grid; grid-template-rows: auto minmax(0, 1fr)';
  place.style.minBlockSize = '0';
  const title = h('h1', {}, 'token-vigil inspector');
  title.style.cssText = 'font-size: 14px; margin: 0';
  document.body.replaceChildren(h('header', {}, title, list.element, status), place);
  if (file) openRecorded(file);
  follow(undefined);
};
