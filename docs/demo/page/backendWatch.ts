import type { BackendReport } from '../pageSettings.ts';

/** Calls back with the backend's report whenever it changes, as long as the page is there. */
export function watchBackend(onReport: (report: BackendReport) => void): void {
  let source: EventSource | undefined;

  const open = () => {
    source?.close();
    source = new EventSource('/watch');
    source.addEventListener('message', ({ data }) => onReport(JSON.parse(data as string) as BackendReport));
  };
  open();
  // A page with an open connection is not kept in the back/forward cache.
  addEventListener('pagehide', () => source?.close());
  addEventListener('pageshow', ({ persisted }) => void (persisted && open()));
}
