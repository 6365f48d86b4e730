import type { RequestMention } from '../../explain/failedGrant.ts';
import type { HttpRequest } from '../curl/httpRequest.ts';
import type { Silence } from './silence.ts';
import type { Tool } from './toolOf.ts';

/** An answer as somebody saw it, or as much of it as they copied. */
export interface HttpAnswer {
  /** Absent: it was not copied. */
  readonly status?: number | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body. Empty: there was none, or it was not copied. */
  readonly text: string;
  /** Somebody tells it in words: what is not there may have been said all the same. @default false */
  readonly isRetold?: boolean | undefined;
}

/** A request and what it was answered, as far as they are in what was pasted. */
export interface Exchange {
  readonly request?: HttpRequest | undefined;
  readonly answer?: HttpAnswer | undefined;
  /** Why there is no answer. */
  readonly silence?: Silence | undefined;
  /** What is said of the request, where there is none. */
  readonly mention?: RequestMention | undefined;
  /** What sent it, by the form in which it is written. */
  readonly tool?: Tool | undefined;
  /** What a collection or a file calls it. */
  readonly label?: string | undefined;
}
