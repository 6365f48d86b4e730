/**
 * The size gate: what a browser downloads, minified and compressed with gzip -9.
 *
 * size-limit cannot tell the first load from what is imported later, so esbuild is asked directly.
 */
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/**
 * `limit` fails the gate; `aim` is where the project wants to be, and what is above it is said.
 *
 * @typedef {{ name: string, bytes: number, limit: number, aim: number }} Row
 */

const kB = 1000;
const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @param {string[]} external Packages to leave out.
 * @returns {Promise<{ first: number, later: number }>} Bytes loaded at once, and after a dynamic import.
 */
async function measure(external = []) {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['dist/src/index.js'],
    outdir: 'dist/bundle',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2023',
    minify: true,
    legalComments: 'none',
    metafile: true,
    write: false,
    external,
  });
  const sizes = outputFiles.map(({ contents }) => gzipSync(contents, { level: 9 }).length);
  const first = loadedAtOnce(metafile.outputs);
  // esbuild lists the files and their descriptions in the same order.
  const inFirst = Object.keys(metafile.outputs).map((output) => first.has(output));
  return { first: sum(sizes.filter((_, i) => inFirst[i])), later: sum(sizes.filter((_, i) => !inFirst[i])) };
}

/**
 * @param {import('esbuild').Metafile['outputs']} outputs
 * @returns {Set<string>} The entry and the chunks it imports statically.
 */
function loadedAtOnce(outputs) {
  const loaded = new Set(
    Object.keys(outputs).filter((path) => outputs[path]?.entryPoint === 'dist/src/index.js'),
  );
  // A set that grows while it is walked is walked to its new end.
  for (const path of loaded) {
    for (const { path: imported, kind, external } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && !external) loaded.add(imported);
    }
  }
  return loaded;
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, each) => total + each, 0);
}

/** @param {Row} row */
function print({ name, bytes, limit, aim }) {
  const verdict = bytes <= limit ? '' : '  TOO LARGE';
  console.log(
    `${name.padEnd(36)} ${inKB(bytes).padStart(9)}  of ${inKB(limit).padStart(7)}, aim ${inKB(aim)}${verdict}`,
  );
}

/** @param {number} bytes */
function inKB(bytes) {
  return `${(bytes / kB).toFixed(1)} kB`;
}

const packages = ['xstate', 'ky', 'oauth4webapi', 'idb-keyval'];
const own = await measure(packages);
const withPackages = await measure();

/** @type {Row[]} */
const rows = [
  { name: 'first load, own code', bytes: own.first, limit: 12.9 * kB, aim: 8 * kB },
  { name: 'second chunk, own code', bytes: own.later, limit: 11.8 * kB, aim: 4 * kB },
  { name: 'first load with xstate', bytes: withPackages.first, limit: 25.9 * kB, aim: 22 * kB },
  {
    name: 'all a signed-in page has loaded',
    bytes: withPackages.first + withPackages.later,
    limit: 52.6 * kB,
    aim: 40 * kB,
  },
];
rows.forEach(print);
process.exitCode = rows.every(({ bytes, limit }) => bytes <= limit) ? 0 : 1;
