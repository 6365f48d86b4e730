// Writes docs/causes.md from the tables in src/explain/causes. Run: node docs/causes.mjs
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** @import { Cause } from '../src/explain/cause.ts' */
/** @typedef {Readonly<Record<string, readonly Cause[]>>} CauseTables */

const intro = `# Causes of a refused token request

This is everything that \`explain\` and the doctor know, by theme. Each heading is the \`id\` that they print. The page is
generated from the tables in \`src/explain/causes/\` (\`node docs/causes.mjs\` XX); change it there.

Several mistakes have one answer. 401 \`invalid_client\` alone has six causes, and only the request tells them apart, so look at
the request first: the one that really went out, in the network panel or a proxy.
`;

const anchor = (/** @type {string} */ heading) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');

const linkTo = (/** @type {string} */ theme) => `- [${theme}](#${anchor(theme)})`;

const entryOf = (/** @type {Cause} */ { id, title, looks, why, remedy, check }) => `### ${id}

**${title}.**

- *Looks like:* ${looks}
- *Why:* ${why}
- *Remedy:* ${remedy}
- *Check:* ${check}
`;

const chapterOf = (/** @type {[string, readonly Cause[]]} */ [theme, causes]) =>
  `## ${theme}\n\n${causes.map(entryOf).join('\n')}`;

/** The page as Markdown. */
export const causesPage = (/** @type {CauseTables} */ tables) =>
  [intro, `${Object.keys(tables).map(linkTo).join('\n')}\n`, ...Object.entries(tables).map(chapterOf)].join(
    '\n',
  );

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../src/explain/causes.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const { causeTables } = await import(
    `data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`
  );
  writeFileSync(new URL('causes.md', import.meta.url), causesPage(causeTables));
}
