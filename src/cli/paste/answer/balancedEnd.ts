const MARK = /"(?:[^"\\]|\\[^])*"|[{}[\]]/g;

/** Behind the bracket that closes the one at `start`, with the strings of JSON skipped; -1: it is never closed. */
export const balancedEnd = (text: string, start: number): number => {
  MARK.lastIndex = start;
  let depth = 0;
  for (let mark = MARK.exec(text); mark; mark = MARK.exec(text)) {
    if (/[{[]/.test(mark[0][0]!)) depth += 1;
    else if (/[}\]]/.test(mark[0][0]!)) depth -= 1;
    if (depth === 0) return MARK.lastIndex;
  }
  return -1;
};
