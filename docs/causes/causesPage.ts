import type { Cause } from '../../src/explain/cause.ts';
import { providerWords } from '../../src/explain/providerWords.ts';
import { anchorOf, chapters } from './chapters.ts';
import { codesOf } from './codesOf.ts';

const intro = `# Causes of a refused token request

This is everything that \`explain\`, \`explainError\` and the doctor know, by theme. Each heading is the \`id\` that they print. The
page is generated from the tables in \`src/explain/causes/\` (\`node docs/causes.mjs\`); change it there.

Several mistakes have one answer. 401 \`invalid_client\` alone has six causes, and only the request tells them apart, so look at
the request first: the one that really went out, in the network panel or a proxy.
`;

const linkTo = (heading: string): string => `- [${heading}](#${anchorOf(heading)})`;

const codeLine = (cause: Cause): string => {
  const links = codesOf(cause).map((code) => `[\`${code}\`](errors.md#${anchorOf(code)})`);
  return links.length > 0 ? `- *In an app:* ${links.join(', ')}\n` : '';
};

const wordsLine = (cause: Cause): string => {
  const words = providerWords(cause);
  return words ? `- *In the words of:* ${words}.\n` : '';
};

const entryOf = (cause: Cause): string => `### ${cause.id}

**${cause.title}.**

- *Looks like:* ${cause.looks}
- *Why:* ${cause.why}
- *Remedy:* ${cause.remedy}
- *Check:* ${cause.check}
${wordsLine(cause)}${codeLine(cause)}`;

/** `docs/causes.md`. */
export const causesPage = (): string =>
  [
    intro,
    `${chapters.map(([heading]) => linkTo(heading)).join('\n')}\n`,
    ...chapters.map(([heading, causes]) => `## ${heading}\n\n${causes.map(entryOf).join('\n')}`),
  ].join('\n');
