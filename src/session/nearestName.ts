/** `client_id` and `ClientID` are near `clientId`. */
const plain = (name: string): string => name.replaceAll(/[_-]/g, '').toLowerCase();

/** How many letters must be put in, taken out or changed (Levenshtein). */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let index = 0; index < from.length; index++) {
    const next = [index + 1];
    for (let at = 0; at < to.length; at++)
      next.push(Math.min(next[at]! + 1, row[at + 1]! + 1, row[at]! + (from[index] === to[at] ? 0 : 1)));
    row = next;
  }
  return row.at(-1)!;
};

/** Which of these names was meant, if any of them is like it. */
export const nearestName = (name: string, known: readonly string[]): string | undefined => {
  const ranked = known.map((other) => ({ other, letters: distance(plain(name), plain(other)) }));
  const [nearest] = ranked.toSorted((a, b) => a.letters - b.letters);
  return nearest && nearest.letters <= name.length / 2 ? nearest.other : undefined;
};
