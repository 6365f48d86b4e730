import { hasAuthorization, withAuthorization } from './authorization.ts';

/** A call as it will be sent. A `Request` in it is the gate's own: the caller's never carries a token. */
export interface Outgoing {
  readonly target: string | Request;
  readonly init: RequestInit | undefined;
}

/** By shape: a `Request` of another realm is no `instanceof` ours. */
export const isRequest = (input: RequestInfo | URL): input is Request =>
  typeof (input as Request | null)?.url === 'string';

/** The address of a call. An object is turned into a string once: two readings could differ. */
export const addressOf = (input: RequestInfo | URL): string => {
  if (typeof input === 'string') return input;
  return isRequest(input) ? input.url : String(input);
};

/** Whether the caller sees to authorization. Headers in `init` replace those of a `Request`. */
export const isAuthorized = (input: RequestInfo | URL, init: RequestInit | undefined): boolean => {
  if (init?.headers) return hasAuthorization(init.headers);
  return isRequest(input) && input.headers.has('Authorization');
};

/** The signal that aborts a call; `null` in `init` detaches that of a `Request`. */
export const signalOf = (input: RequestInfo | URL, init: RequestInit | undefined): AbortSignal | null => {
  if (init?.signal !== undefined) return init.signal;
  return isRequest(input) ? input.signal : null;
};

/** The same call, out of reach of what the caller does with its `init` while the call waits. */
export const detached = ({ target, init }: Outgoing): Outgoing => ({
  target,
  init: init && { ...init, ...(init.headers && { headers: new Headers(init.headers) }) },
});

/** The call with a bearer on it. */
export const authorized = (outgoing: Outgoing, authorization: string): Outgoing => {
  const { target, init } = outgoing;
  if (typeof target === 'string' || init?.headers) {
    return { target, init: { ...init, headers: withAuthorization(init?.headers, authorization) } };
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
export const spareOf = (outgoing: Outgoing): Outgoing | undefined => {
  const { target, init } = outgoing;
  if (init?.body) return isStream(init.body) ? undefined : outgoing;
  if (typeof target === 'string' || !mayHaveBody(target)) return outgoing;
  return { target: target.clone(), init };
};

/** The call as a `Request` to look at; a stream in `init` is left out, because looking would use it up. */
export const previewOf = ({ target, init }: Outgoing): Request => {
  const source = typeof target === 'string' ? target : target.clone();
  return new Request(source, isStream(init?.body) ? { ...init, body: null } : init);
};

/** What a repeat sends: what was handed out before stays as it was. */
export const renewed = ({ target, init }: Outgoing): Outgoing => ({
  target: typeof target === 'string' ? target : new Request(target),
  init,
});
