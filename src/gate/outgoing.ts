import { hasAuthorization, withAuthorization } from './authorization.ts';

/** A call to an allowed origin, as it will be sent. */
export interface Outgoing {
  /** The allowed origin. */
  readonly origin: string;
  /** A `Request` here is the gate's own copy: the caller's never carries a token. */
  readonly target: string | Request;
  readonly init: RequestInit | undefined;
}

/** By shape: a `Request` of another realm is no `instanceof` ours. */
export const isRequest = (input: RequestInfo | URL): input is Request =>
  typeof (input as Request | null)?.url === 'string';

/** Whether the caller sees to authorization. Headers in `init` replace those of a `Request`. */
export const isAuthorized = (input: RequestInfo | URL, init: RequestInit | undefined): boolean => {
  if (init?.headers) return hasAuthorization(init.headers);
  return isRequest(input) && input.headers.has('Authorization');
};

/** The signal that aborts a call; `null` in `init` detaches that of a `Request`. */
export const signalOf = ({ target, init }: Outgoing): AbortSignal | null | undefined => {
  if (init?.signal !== undefined || typeof target === 'string') return init?.signal;
  return target.signal;
};

/** The same call, out of reach of what the caller does with its `init` while the call waits. */
export const detached = ({ origin, target, init }: Outgoing): Outgoing => ({
  origin,
  target,
  init: init && { ...init, ...(init.headers && { headers: new Headers(init.headers) }) },
});

/** The call with a bearer on it. */
export const authorized = (outgoing: Outgoing, authorization: string): Outgoing => {
  const { origin, target, init } = outgoing;
  if (typeof target === 'string' || init?.headers) {
    return { origin, target, init: { ...init, headers: withAuthorization(init?.headers, authorization) } };
  }
  target.headers.set('Authorization', authorization);
  return outgoing;
};

const isStream = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && ('getReader' in body || Symbol.asyncIterator in body);

/** Firefox has no `Request.body`: there only the method tells. */
const mayHaveBody = ({ method, body }: Request): boolean =>
  method !== 'GET' && method !== 'HEAD' && body !== null;

/** What a repeat of this call would send, taken before it is sent; `undefined` where its body cannot be. */
export const retryCopyOf = (outgoing: Outgoing): Outgoing | undefined => {
  const { target, init } = outgoing;
  if (init?.body) return isStream(init.body) ? undefined : outgoing;
  return typeof target !== 'string' && mayHaveBody(target)
    ? { ...outgoing, target: target.clone() }
    : outgoing;
};

/** A retry copy made ready for another bearer: what went out with the first stays as it was. */
export const copyOf = (retryCopy: Outgoing): Outgoing =>
  typeof retryCopy.target === 'string' ? retryCopy : { ...retryCopy, target: new Request(retryCopy.target) };

/** The call as a `Request` to look at; a stream in `init` is left out, because looking would use it up. */
export const previewOf = ({ target, init }: Outgoing): Request => {
  const source = typeof target === 'string' ? target : target.clone();
  return new Request(source, isStream(init?.body) ? { ...init, body: null } : init);
};
