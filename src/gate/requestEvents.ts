import { isSessionError } from '../errors/sessionError.ts';
import type { Outgoing } from './outgoing.ts';
import { subjectOf } from './subjectOf.ts';

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

/** Receives every event of a call. If it throws, the error is reported and does not affect the call. */
export type RequestObserver = (event: RequestEvent) => void;

/** Tells the observer of one call. */
export type Trace = (
  type: RequestEvent['type'],
  end?: { readonly status?: number; readonly error?: string },
) => void;

/** Code of an error of ours, name of any other. */
export const errorNameOf = (error: unknown): string => {
  if (isSessionError(error)) return error.code;
  return error instanceof Error ? error.name : typeof error;
};

let calls = 0;

/** The call, observed from now on. */
export const observed = (outgoing: Outgoing, observer: RequestObserver): Outgoing => {
  const facts = { call: ++calls, ...subjectOf(outgoing) };
  return {
    ...outgoing,
    trace: (type, end) => {
      try {
        observer({ type, ...facts, ...end });
      } catch (error) {
        console.error(error);
      }
    },
  };
};
