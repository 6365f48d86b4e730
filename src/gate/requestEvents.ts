import { isSessionError } from '../errors/sessionError.ts';
import type { Outgoing } from './outgoing.ts';
import type { RequestEvent } from './requestEvent.ts';
import { subjectOf } from './subjectOf.ts';

/** Receives every event of a call. If it throws, the error is reported and does not affect the call. */
export type RequestObserver = (event: RequestEvent) => void;

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
