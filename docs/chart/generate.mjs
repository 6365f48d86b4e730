/** `npm run chart`: draws the statechart of the built machine. With `--check` it says whether what is there is still right. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drawNarrow } from './drawNarrow.mjs';
import { drawWide } from './drawWide.mjs';
import { readMachine } from './readMachine.mjs';
import { readWords } from './readWords.mjs';
import { writeMermaid } from './writeMermaid.mjs';

/** @param {string} path */
const inRepository = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** @param {string} path */
const read = (path) => {
  try {
    return readFileSync(inRepository(path), 'utf8');
  } catch {
    return '';
  }
};

const css = read('docs/chart/chart.css')
  .replaceAll(/\s*\n\s*/g, '')
  .replaceAll(/\s*([{:;,>])\s*/g, '$1');
const ofFile = `.vigil{color-scheme:light dark;background:light-dark(#fff,#0e131b)}${css}`;

/** @param {string} svg */
const alone = (svg) => `${svg.replace('>', `><style>${ofFile}</style>`)}\n`;

/** @param {string} text */
const literal = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/**
 * Everything that is made from the machine, by its path.
 *
 * @param {import('./readMachine.mjs').Node} root The machine's outermost state
 */
export function outputs(root) {
  const page = read('docs/statechart.md');
  const states = readMachine(root, readWords(page));
  const [wide, narrow] = [drawWide(states), drawNarrow(states)];
  return {
    'docs/statechart.svg': alone(wide),
    'docs/statechart-narrow.svg': alone(narrow),
    'docs/statechart.md': page.replace(/(?<=```mermaid\n)[^]*?(?=\n```)/, writeMermaid(states)),
    'src/inspect/chart/chartSvg.ts': `// Generated from the machine by docs/chart/generate.mjs: \`npm run chart\` makes it anew.

/** The chart for wide places. */
export const wideChart =
  ${literal(wide)};

/** The chart for phones; its ids begin with \`narrow-\`. */
export const narrowChart =
  ${literal(narrow)};

/** The style of both. */
export const chartCss =
  ${literal(css)};
`,
  };
}

/** @param {boolean} isCheck */
async function main(isCheck) {
  const { createSessionMachine } = await import('../../dist/machines/index.js');
  const made = Object.entries(outputs(createSessionMachine().root));
  const stale = made.filter(([path, contents]) => read(path) !== contents);
  if (!isCheck) for (const [path, contents] of stale) writeFileSync(inRepository(path), contents);
  else if (stale.length > 0) {
    const paths = stale.map(([path]) => path).join(', ');
    throw new Error(`The machine has changed, and these have not: ${paths}. Run \`npm run chart\`.`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(process.argv.includes('--check')).catch((/** @type {Error} */ { message }) => {
    console.error(message);
    process.exitCode = 1;
  });
}
