import type { BackendReport, PageSettings, Trouble } from './pageSettings.ts';

/** A provider and an API for the page: the embedded ones, or later a Keycloak that runs elsewhere. */
export interface Backend extends PageSettings {
  report(): BackendReport;
  /** Makes this go wrong. Absent where the servers are not ours to break. */
  readonly make?: Readonly<Record<Trouble, () => void>>;
  stop(): Promise<void>;
}
