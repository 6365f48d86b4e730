import { hasAuthorization } from './authorization.ts';
import { isStream, takeBody } from './bodies.ts';
import type { Trace } from './requestEvent.ts';
import type { Allowed } from './tokenOrigins.ts';

/** A call to an allowed origin, as it will be sent. */
export interface Outgoing {
  /** The allowed origin. */
  readonly origin: string;
  /** The absolute address that was checked. A `Request` here is the gate's own copy: the caller's never carries a token. */
  readonly target: string | Request;
  readonly init: RequestInit | undefined;
  /** Tells the observer of requests, where there is one. */
  readonly trace: Trace | undefined;
}

/** A call that the gate has no part in. */
interface Foreign {
  readonly origin: undefined;
  readonly target: RequestInfo | URL;
  readonly init: RequestInit | undefined;
}

/** By shape: a `Request` of another realm is no `instanceof` ours. */
const isRequest = (input: RequestInfo | URL): input is Request =>
  typeof (input as Request | null)?.url === 'string';

/** Whether a spread copies what `fetch` reads: not of a `Request`, nor what is inherited. Of any realm. */
const isPlain = (init: object): boolean => {
  const prototype = Object.getPrototypeOf(init) as object | null;
  return !prototype || Object.getPrototypeOf(prototype) === null;
};

/** Whether the caller sees to authorization. Headers in `init` replace those of a `Request`. */
const isAuthorized = (input: RequestInfo | URL, init: RequestInit | undefined): boolean => {
  if (init?.headers) return hasAuthorization(init.headers);
  return isRequest(input) && input.headers.has('Authorization');
};

/** What `fetch` was called with, as the gate sees it. */
export const outgoingOf = (
  input: RequestInfo | URL,
  asked: RequestInit | undefined,
  resolve: (address: string) => Allowed | undefined,
): Outgoing | Foreign => {
  // An object is turned into a string once: two readings could differ.
  const allowed = resolve(isRequest(input) ? input.url : String(input));
  // An iterator is used up by the first look. What else `init` has, or inherits, stays.
  const init =
    allowed && asked?.headers && 'next' in asked.headers
      ? ({ __proto__: asked, headers: new Headers(asked.headers) } as RequestInit)
      : asked;
  if (!allowed || isAuthorized(input, init)) return { origin: undefined, target: input, init };
  const { origin, url } = allowed;
  const isWhole = !!init && !isPlain(init);
  if (!isWhole && !isRequest(input)) return { origin, target: url, init, trace: undefined };
  const target = new Request(isRequest(input) ? input : url, isWhole ? init : undefined);
  const rest = isWhole ? undefined : init;
  // Only the copy is known to be a `Request`: what looks like one can name any address.
  return resolve(target.url)?.origin === origin
    ? { origin, target, init: rest, trace: undefined }
    : { origin: undefined, target, init: rest };
};

/** The same call, out of reach of what the caller does with its `init` while the call waits. */
export const detached = (outgoing: Outgoing): Outgoing => {
  const { init } = outgoing;
  if (!init) return outgoing;
  const headers = init.headers && new Headers(init.headers);
  return { ...outgoing, init: { ...init, ...(headers && { headers }), ...withBody(init) } };
};

/** Only what is there: an `undefined` body would still be a member of `init`. */
const withBody = ({ body }: RequestInit): RequestInit => (body ? { body: takeBody(body) } : {});

/** What a repeat of this call would send, taken before it is sent; `undefined` where its body cannot be. */
export const retryCopyOf = (outgoing: Outgoing): Outgoing | undefined => {
  const { target, init } = outgoing;
  if (init?.body) {
    return isStream(init.body) ? undefined : { ...outgoing, init: { ...init, ...withBody(init) } };
  }
  // Firefox has no `Request.body`, and clones what has none, too.
  return typeof target !== 'string' && target.body !== null
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
