/** Bytes as they come. `isTTY`: somebody sits in front of it. */
export interface Input extends AsyncIterable<Uint8Array | string> {
  readonly isTTY?: boolean | undefined;
}

/** A place to write to, with what a terminal tells of itself. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Everything the command line touches. */
export interface CliIo {
  /** The words after the command's own name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  readonly readFile: (path: string) => AsyncIterable<Uint8Array | string>;
  /** Asks without showing what is typed. */
  readonly promptHidden: (question: string) => Promise<string>;
  readonly version: () => string;
  /** What the inspector's page runs, by path: `/viewer.js`, and what that imports. */
  readonly viewerScripts: () => Promise<ReadonlyMap<string, string>>;
  /** Until the person in front of it wants it to end. */
  readonly untilInterrupted: () => Promise<void>;
  readonly limits?: Partial<Limits> | undefined;
}

/** How long and how much. Together the waits stay under 15 s. */
export interface Limits {
  /** For what another program writes into our standard input. */
  readonly pipeMs: number;
  /** For all that is asked over the network, together. */
  readonly networkMs: number;
  /** For the discovery document, which the rest should not have to wait for. */
  readonly discoveryMs: number;
  /** Of a file or of standard input. */
  readonly inputBytes: number;
  /** Of an answer. */
  readonly answerBytes: number;
}

const MEGABYTE = 1024 * 1024;

export const defaultLimits: Limits = {
  pipeMs: 4000,
  networkMs: 8000,
  discoveryMs: 4000,
  // A browser's HAR file holds all that a page has loaded.
  inputBytes: 64 * MEGABYTE,
  answerBytes: MEGABYTE,
};

/** 0: healthy, or ended as it should; 1: a fault was found; 2: cannot tell, could not start, or bad usage. */
export type ExitStatus = 0 | 1 | 2;
