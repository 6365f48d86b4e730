/** Something that happened to a call to a token origin. */
export interface RequestEvent {
  /**
   * `started` by its caller, `waited` for a token and got its verdict, `sent`, `refused` by the API with a 401,
   * `repeated` with another token, `settled`.
   */
  readonly type: 'started' | 'waited' | 'sent' | 'refused' | 'repeated' | 'settled';
  /** The same number for all events of one call. */
  readonly call: number;
  readonly method: string;
  readonly origin: string;
  /** Without the query. */
  readonly path: string;
  /** HTTP status of the answer, if there is one: in `refused` and `settled`. */
  readonly status?: number;
  /** Code or name of the error that the call failed with: in `settled`. */
  readonly error?: string;
}

/** Tells the observer of one call. */
export type Trace = (
  type: RequestEvent['type'],
  end?: { readonly status?: number; readonly error?: string },
) => void;
