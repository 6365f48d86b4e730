/**
 * What each guard means, by the edge's id, as the tables of docs/statechart.md say it.
 *
 * @param {string} page
 * @returns {Readonly<Record<string, string>>}
 */
export function readWords(page) {
  const [, ...sections] = page.split(/^### /m);
  return Object.fromEntries(
    sections.flatMap((section) => {
      const [, state] = section.match(/^`([\w.]+)`/) ?? [];
      const rows = section.matchAll(/^\| `(\w+)` \|[^|]*\| ([^|]+?) \|/gm);
      return [...rows].map(([, guard, when = '']) => [`${state}--${guard}`, when.replaceAll('`', '')]);
    }),
  );
}
