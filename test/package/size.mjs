/**
 * The size gate: what a browser downloads, minified and compressed with gzip -9.
 *
 * size-limit cannot tell the first load from what is imported later, so esbuild is asked directly.
 */
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/**
 * `limit` fails the gate; `aim` is where the project wants to be, and what is above it is said.
 *
 * @typedef {{ name: string, bytes: number, limit?: number, aim?: number }} Row
 */

const kB = 1000;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** What is loaded at once, what every signed-in page loads besides, and what only some options need. */
const entries = {
  first: 'dist/src/index.js',
  second: 'dist/src/session/secondChunk.js',
  optional: 'dist/src/session/optionalChunk.js',
};

/**
 * Which sources each file of the package was made of.
 *
 * @type {Record<string, string[] | undefined>}
 */
const packed = JSON.parse(await readFile(new URL('../../dist/sources.json', import.meta.url), 'utf8'));

/**
 * @param {string[]} external Packages to leave out.
 * @returns {Promise<{ first: number, second: number, optional: number }>} Bytes that each brings which the ones before it have not.
 */
async function measure(external = []) {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entries.first],
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
  // esbuild lists the files and their descriptions in the same order.
  const sizes = new Map(
    Object.keys(metafile.outputs).map((path, i) => [
      path,
      gzipSync(outputFiles[i]?.contents ?? '', { level: 9 }).length,
    ]),
  );
  /** @param {string} entry */
  const take = (entry) => {
    const loaded = [...loadedWith(entry, metafile.outputs)];
    const bytes = loaded.reduce((total, path) => total + (sizes.get(path) ?? 0), 0);
    loaded.forEach((path) => sizes.delete(path));
    return bytes;
  };
  const measured = {
    first: take(entries.first),
    second: take(entries.second),
    optional: take(entries.optional),
  };
  const uninvited = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.keys(inputs))
    .flatMap((path) => packed[path] ?? [])
    .filter((path) => /^src\/(inspect|explain)\//.test(path));
  if (uninvited.length > 0)
    throw new Error(
      `An app that imports neither inspector nor explain gets some of it: ${uninvited.join(', ')}`,
    );
  const early = [...loadedWith(entries.first, metafile.outputs)]
    .flatMap((path) => Object.keys(metafile.outputs[path]?.inputs ?? {}))
    .flatMap((path) => packed[path] ?? [])
    .filter((path) => /^src\/(tabs|record|grants\/tabs)\//.test(path));
  if (early.length > 0)
    throw new Error(`The first load has some of what only signed-in pages need: ${early.join(', ')}`);
  if (sizes.size > 0) throw new Error(`Chunks that nothing here knows of: ${[...sizes.keys()].join(', ')}`);
  return measured;
}

/**
 * @param {string} entry
 * @param {import('esbuild').Metafile['outputs']} outputs
 * @returns {Set<string>} Its file and the chunks that this imports statically.
 */
function loadedWith(entry, outputs) {
  const loaded = new Set(Object.keys(outputs).filter((path) => outputs[path]?.entryPoint === entry));
  // A set that grows while it is walked is walked to its new end.
  for (const path of loaded) {
    for (const { path: imported, kind, external } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && !external) loaded.add(imported);
    }
  }
  return loaded;
}

/** @param {Row} row */
function print(row) {
  const { name, bytes, limit, aim } = row;
  const verdict = isWithin(row) ? '' : '  TOO LARGE';
  console.log(
    `${name.padEnd(36)} ${inKB(bytes).padStart(9)}${limit ? `  of ${inKB(limit).padStart(7)}` : ''}${aim ? `, aim ${inKB(aim)}` : ''}${verdict}`,
  );
}

/** @param {Row} row */
function isWithin({ bytes, limit = Infinity }) {
  return bytes <= limit;
}

/** @param {number} bytes */
function inKB(bytes) {
  return `${(bytes / kB).toFixed(1)} kB`;
}

/** What UI frameworks load besides, each as a subpath of the package. */
const adapters = ['angular', 'react', 'solid', 'svelte', 'vue'];

/**
 * @param {string} entry A source: in the package one file can hold several folders.
 * @param {string[]} folders Of `src`: what lies in others is loaded anyway, or counted elsewhere.
 * @returns {Promise<number>} Bytes of it and of what it imports from these folders.
 */
async function measureAlone(entry, folders) {
  const inFolders = new RegExp(`^${root}src/(${folders.join('|')})/`);
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    target: 'es2023',
    minify: true,
    legalComments: 'none',
    write: false,
    plugins: [
      {
        name: 'these folders alone',
        setup({ onResolve }) {
          onResolve({ filter: /./ }, ({ kind, path, resolveDir }) => {
            const isInside = path.startsWith('.') && inFolders.test(resolve(resolveDir, path));
            if (kind === 'entry-point' || isInside) return undefined;
            return { path, external: true };
          });
        },
      },
    ],
  });
  // An app's bundler leaves nothing of imports and exports.
  const code = outputFiles[0]?.text.replaceAll(/import\{[^}]*\}from"[^"]*";|export\{[^}]*\};/g, '') ?? '';
  return gzipSync(code, { level: 9 }).length;
}

/**
 * What `token-vigil/inspect` brings beside XState, the machine and what a session has loaded.
 *
 * @returns {Promise<{ entry: number, panel: number, explanations: number }>} Bytes when it is imported, when the panel is
 *   opened, and when a failure is explained.
 */
async function measureInspector() {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entries.first, entries.second, 'dist/src/inspect/index.js'],
    outdir: 'dist/bundle',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2023',
    minify: true,
    legalComments: 'none',
    metafile: true,
    write: false,
  });
  const paths = Object.keys(metafile.outputs);
  const bytesOf = (/** @type {Iterable<string>} */ loaded) =>
    [...loaded].reduce((total, path) => {
      const { text = '' } = outputFiles[paths.indexOf(path)] ?? {};
      return total + gzipSync(text, { level: 9 }).length;
    }, 0);
  const known = new Set(
    [entries.first, entries.second].flatMap((path) => Array.from(loadedWith(path, metafile.outputs))),
  );
  const take = (/** @type {string} */ entry) => {
    const loaded = [...loadedWith(entry, metafile.outputs)].filter((path) => !known.has(path));
    loaded.forEach((path) => known.add(path));
    return bytesOf(loaded);
  };
  return {
    entry: take('dist/src/inspect/index.js'),
    panel: take('dist/src/inspect/panel/index.js'),
    explanations: take('dist/src/explain/index.js'),
  };
}

const own = await measure(['xstate', 'ky', 'oauth4webapi', 'idb-keyval']);
const whole = await measure();
const inspector = await measureInspector();

/** @type {Row[]} */
const rows = [
  { name: 'first load, own code', bytes: own.first, limit: 18.5 * kB, aim: 14.5 * kB },
  { name: 'first load with xstate', bytes: whole.first, limit: 31.2 * kB, aim: 27.5 * kB },
  { name: 'second chunk, own code', bytes: own.second },
  {
    name: 'all a signed-in page has loaded',
    bytes: whole.first + whole.second,
    limit: 75.1 * kB,
    aim: 56 * kB,
  },
  { name: 'on demand, where options ask for it', bytes: whole.optional },
  ...(await Promise.all(
    adapters.map(async (name) => ({
      name: `${name}, own code`,
      bytes: await measureAlone(`src/${name}/index.ts`, [name]),
      limit: 0.8 * kB,
    })),
  )),
  {
    name: 'inspector of XState 4, where opened',
    bytes:
      (await measureAlone('src/inspect/xstate/index.ts', ['inspect'])) +
      gzipSync(
        await readFile(new URL('../../dist/src/inspect/xstate/xstateInspect.bundle.js', import.meta.url)),
      ).length,
  },
  { name: 'inspect, beside the session', bytes: inspector.entry },
  { name: 'the inspector, when opened', bytes: inspector.entry + inspector.panel, limit: 30 * kB },
  { name: 'what explains its failures', bytes: inspector.explanations },
  { name: 'what adapters share', bytes: await measureAlone('src/vue/index.ts', ['ui', 'vue']) },
];
rows.forEach(print);
process.exitCode = rows.every(isWithin) ? 0 : 1;
