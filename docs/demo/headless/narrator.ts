/** Tells what happens, line by line, with the time since the story began. */
export interface Narrator {
  readonly elapsedMs: () => number;
  /** Something that is done, or was seen to happen. */
  say(line: string): void;
  /** Something the session tells by itself. */
  note(line: string): void;
}

/** The story begins now. */
export function createNarrator(print: (line: string) => void): Narrator {
  const beganAtMs = performance.now();
  const elapsedMs = () => performance.now() - beganAtMs;
  const stamp = () => `${(elapsedMs() / 1000).toFixed(1).padStart(5)} s`;

  return {
    elapsedMs,
    say: (line) => print(`${stamp()}  ${line}`),
    note: (line) => print(`${stamp()}    · ${line}`),
  };
}
