import type { HttpRequest } from '../curl/httpRequest.ts';

/** An answer as somebody saw it, or as much of it as they copied. */
export interface HttpAnswer {
  /** Absent: it was not copied. */
  readonly status?: number | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body. Empty: there was none, or it was not copied. */
  readonly text: string;
}

/** A request and what it was answered, as far as they are in what was pasted. */
export interface Exchange {
  readonly request?: HttpRequest | undefined;
  readonly answer?: HttpAnswer | undefined;
  /** What a collection or a file calls it. */
  readonly label?: string | undefined;
}
