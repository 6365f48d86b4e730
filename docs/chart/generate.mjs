/** `npm run chart`: draws the statechart of the built machine. With `--check` it says whether what is there is still right. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createSessionMachine } from '../../dist/machines/index.js';
import { drawNarrow } from './drawNarrow.mjs';
import { drawWide } from './drawWide.mjs';
import { readMachine } from './readMachine.mjs';
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

/** Everything that is made from the machine, by its path. */
function outputs() {
  const states = readMachine(createSessionMachine().root);
  const [wide, narrow] = [drawWide(states), drawNarrow(states)];
  const page = read('docs/statechart.md');
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

const made = Object.entries(outputs());
const stale = made.filter(([path, contents]) => read(path) !== contents).map(([path]) => path);
if (!process.argv.includes('--check')) {
  for (const [path, contents] of made) writeFileSync(inRepository(path), contents);
} else if (stale.length > 0) {
  console.error(`The machine has changed, and these have not: ${stale.join(', ')}. Run \`npm run chart\`.`);
  process.exitCode = 1;
}
