const fits = (line: string, word: string, width: number): boolean => line.length + 1 + word.length <= width;

/** Lines no longer than `width`, unless a single word is. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && fits(last, word, width)) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};

/** {@link wrap} with a first line that begins with `head` and others that begin below its end. */
export const hang = (head: string, text: string, width: number): readonly string[] =>
  wrap(text, Math.max(width - head.length, 20)).map(
    (line, index) => (index === 0 ? head : ' '.repeat(head.length)) + line,
  );
