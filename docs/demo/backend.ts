import type { BackendReport, PageSettings, Trouble } from './pageSettings.ts';

/** A provider and an API for the page: the embedded ones, or a Keycloak that runs elsewhere. */
export interface Backend extends Omit<PageSettings, 'hint' | 'troubles'> {
  /** Who can sign in, where we know. */
  readonly users: readonly { readonly username: string; readonly password: string }[];
  report(): BackendReport;
  /** Makes this go wrong, as far as the servers are ours to break. */
  readonly make: Readonly<Partial<Record<Trouble, () => void>>>;
  stop(): Promise<void>;
}
