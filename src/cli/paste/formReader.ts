import type { HttpRequest } from '../curl/httpRequest.ts';
import type { Tool } from './toolOf.ts';

/** A request in a text, and where it stands there. */
export interface FoundRequest {
  readonly start: number;
  /** What follows is no part of it. */
  readonly end: number;
  readonly request: HttpRequest;
  readonly tool?: Tool | undefined;
  readonly label?: string | undefined;
}

/** The requests of one form in a text, in their order; none, if it is of another form. */
export type FindRequests = (text: string) => readonly FoundRequest[];
