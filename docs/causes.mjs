// Writes docs/causes.md from the tables in src/explain/causes. Run it after `npm run build`: node docs/causes.mjs
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @import { Cause } from '../src/explain/cause.ts' */
/** @typedef {Readonly<Record<string, readonly Cause[]>>} CauseTables */

const intro = `# Causes of a refused token request

This is everything that \`explain\` and the doctor know, by theme. Each heading is the \`id\` that they print. The page is
generated from the tables in \`src/explain/causes/\` (\`node docs/causes.mjs\` after a build); change it there.

Several mistakes have one answer. 401 \`invalid_client\` alone has six causes, and only the request tells them apart, so look at
the request first: the one that really went out, in the network panel or a proxy.
`;

const anchor = (/** @type {string} */ heading) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');

const linkTo = (/** @type {string} */ theme) => `- [${theme}](#${anchor(theme)})`;

const names = {
  auth0: 'Auth0',
  authentik: 'authentik',
  cognito: 'Cognito',
  entra: 'Entra',
  google: 'Google',
  hydra: 'Hydra',
  okta: 'Okta',
  spring: 'Spring',
  zitadel: 'Zitadel',
};

/** A code stands as one, a sentence in quotation marks. */
const wordsShown = (/** @type {string} */ words) => {
  const code = /AADSTS\d+/.exec(words)?.[0];
  if (code || /^[\w.]+$/.test(words)) return `\`${code ?? words}\``;
  return `"${words.replaceAll('"', "'").trim()}…"`;
};

const wordsOf = (/** @type {Cause} */ { answers = [] }, /** @type {string} */ provider) => [
  ...new Set(
    answers
      .filter((answer) => answer.provider === provider)
      .flatMap(({ words, within, error = '' }) => words ?? within ?? [error ?? ''])
      .map(wordsShown),
  ),
];

const saidElsewhere = (/** @type {Cause} */ cause) => {
  const said = Object.entries(names)
    .map(([provider, name]) => [name, wordsOf(cause, provider).join(', ')])
    .filter(([, words]) => words);
  return said.length > 0 ? `- *In the words of:* ${said.map((parts) => parts.join(' ')).join('; ')}.\n` : '';
};

const entryOf = (/** @type {Cause} */ cause) => {
  const { id, title, looks, why, remedy, check } = cause;
  return `### ${id}

**${title}.**

- *Looks like:* ${looks}
- *Why:* ${why}
- *Remedy:* ${remedy}
- *Check:* ${check}
${saidElsewhere(cause)}`;
};

const chapterOf = (/** @type {[string, readonly Cause[]]} */ [theme, causes]) =>
  `## ${theme}\n\n${causes.map(entryOf).join('\n')}`;

/** The page as Markdown. */
export const causesPage = (/** @type {CauseTables} */ tables) =>
  [intro, `${Object.keys(tables).map(linkTo).join('\n')}\n`, ...Object.entries(tables).map(chapterOf)].join(
    '\n',
  );

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = new URL('../dist/src/explain/causes.js', import.meta.url).href;
  const { causeTables } = await import(built);
  writeFileSync(new URL('causes.md', import.meta.url), causesPage(causeTables));
}
