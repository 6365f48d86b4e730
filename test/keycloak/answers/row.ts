import type { HttpRequest } from '../../../src/cli/curl/httpRequest.ts';
import type { RawAnswer } from '../sendRaw.ts';
import type { Stage } from './stage.ts';

/** What is the same with both versions, or what it is with 23.0.3 and with 26.7.3. */
type OnEach<T> = T | readonly [in23: T, in26: T];

/** How a request is made, each time with tokens of its own. */
export type Making = (stage: Stage) => HttpRequest | Promise<HttpRequest>;

/** An answer as it was recorded; `says`: how `error_description` begins. */
export type Recorded = Pick<RawAnswer, 'status'> & Partial<RawAnswer>;

/** A request that was really sent, what came back, and why. */
export interface Row {
  readonly what: string;
  readonly request: Making;
  readonly answer: OnEach<Recorded>;
  /** The true cause, by its id; of several the one that the server meets first. `undefined`: the request is right. */
  readonly cause?: OnEach<string | undefined>;
  /**
   * What it takes to know the cause: a look at the request and questions that spend nothing, or the answer to the request
   * itself. `never`: that answer is the same for several causes.
   * @default 'look'
   */
  readonly knownBy?: OnEach<'look' | 'spend' | 'never'>;
  /** What a look finds, and is true as well, where the answer is about something else. */
  readonly atALook?: string;
}

const pick = <T>(entry: OnEach<T>, version: string): T => {
  if (!Array.isArray(entry)) return entry as T;
  const [in23, in26] = entry as readonly [T, T];
  return version.startsWith('23.') ? in23 : in26;
};

/** A row as it is with this version. */
export const inVersion = (row: Row, version: string) => ({
  what: row.what,
  request: row.request,
  answer: pick(row.answer, version),
  cause: pick(row.cause, version),
  knownBy: pick(row.knownBy ?? 'look', version),
  atALook: row.atALook,
});
