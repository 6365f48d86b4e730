/**
 * The second half of `npm run build`, after the compiler has checked everything and written the declarations: bundles what the
 * package runs, and leaves nothing in the folders of the package that is not of this build.
 */
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));

const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

/** Where users come in, as built files. */
const entries = Object.values(/** @type {Record<string, string | Record<string, string>>} */ (exports))
  .flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry)))
  .filter((path) => path.endsWith('.js'))
  .map((path) => path.replace('./', ''));

/** Loaded later, by `import()`: files of their own, under their own names. */
const later = [
  'dist/src/session/secondChunk.js',
  'dist/src/session/optionalChunk.js',
  'dist/src/inspect/panel/index.js',
];

/** One file without imports: the inspector's page, which `token-vigil inspect` serves, loads the same one as apps do. */
const explain = 'dist/src/explain/index.js';

/** `npm run build:inspect` writes it. */
const bundledBefore = 'xstateInspect.bundle.js';

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  target: 'es2023',
  legalComments: 'none',
  logLevel: 'warning',
};

/**
 * Leaves an import as it is, or under another address, for the place where it comes to stand.
 *
 * @param {RegExp} filter
 * @param {string} [address]
 * @returns {import('esbuild').Plugin}
 */
const left = (filter, address) => ({
  name: `left: ${filter}`,
  setup({ onResolve }) {
    onResolve({ filter }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path: address ?? path.replace(/\.ts$/, '.js'), external: true },
    );
  },
});

const explanations = /\/explain\/index\.ts$/;

/** @param {string} built */
const sourceOf = (built) => built.replace('dist/', '').replace(/js$/, 'ts');

/**
 * What apps import. A module that several entries reach is in a file that exactly these share, so that it is there only once and
 * nobody loads what only others need. Names stay, since users meet them in stack traces.
 */
const library = () =>
  build({
    ...common,
    entryPoints: [...entries, ...later].filter((path) => path !== explain).map(sourceOf),
    outbase: '.',
    outdir: 'dist',
    chunkNames: 'src/chunks/[hash]',
    splitting: true,
    packages: 'external',
    metafile: true,
    plugins: [left(/\.bundle\.js$/), left(explanations)],
  });

const explained = () =>
  build({ ...common, entryPoints: [sourceOf(explain)], outfile: explain, metafile: true });

/** The command: one file, which needs nothing but Node. */
const command = () =>
  build({
    ...common,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/src/cli/main.js',
    platform: 'node',
    target: 'node20.19',
    minify: true,
    metafile: true,
  });

/** What the inspector's page runs, which the command serves. */
const viewer = () =>
  build({
    ...common,
    entryPoints: ['src/inspect/viewer/main.ts'],
    outfile: 'dist/src/cli/inspect/viewer.js',
    minify: true,
    metafile: true,
    plugins: [left(explanations, './explain.js')],
  });

/** Files that a declaration names, of the kind `from './lease.js'` and `import('./lease.js')`. */
const named = /(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g;

/** The declarations that a user's compiler can come to. */
const declarations = async () => {
  const reached = new Set(entries.map((path) => path.replace(/\.js$/, '.d.ts')));
  // A set that grows while it is walked is walked to its new end.
  for (const path of reached) {
    const text = await readFile(join(root, path), 'utf8');
    const code = text.replaceAll(/\/\*[^]*?\*\//g, '');
    for (const [, name = ''] of code.matchAll(named))
      reached.add(relative(root, resolve(root, dirname(path), name)).replace(/\.[jt]s$/, '.d.ts'));
  }
  return reached;
};

/** @param {ReadonlySet<string>} kept */
const removeOthers = async (kept) => {
  const folders = ['dist/machines', 'dist/src'].map(async (folder) => {
    const found = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  });
  const files = (await Promise.all(folders)).flat();
  const others = files.filter((file) => !kept.has(relative(root, file)) && !file.endsWith(bundledBefore));
  await Promise.all(others.map((file) => rm(file)));
};

/**
 * esbuild imports a chunk also where it needs nothing of it, for what that might do when it is loaded. Nothing here does anything
 * then (`sideEffects`), and bundlers would warn.
 *
 * @param {string} path
 */
const withoutIdleImports = async (path) => {
  const code = await readFile(join(root, path), 'utf8');
  await writeFile(join(root, path), code.replaceAll(/^import "\.[^"]+";\n/gm, ''));
};

const aside = /^src\/(inspect\/(panel|chart)|explain)\//;

/**
 * What draws the inspector and what explains is in no stack trace of an app's own errors.
 *
 * @param {string[]} sources
 */
const isAside = (sources) =>
  sources.some((path) => aside.test(path)) &&
  sources.every((path) => /^src\/(inspect|explain|errors|url)\//.test(path));

/** @param {string} path */
const minify = async (path) => {
  const code = await readFile(join(root, path), 'utf8');
  await writeFile(join(root, path), (await transform(code, { minify: true, target: 'es2023' })).code);
};

const built = [await library(), await explained(), await command(), await viewer()];
/** Which sources are in which file. */
const sources = Object.fromEntries(
  built.flatMap(({ metafile }) =>
    Object.entries(metafile.outputs).map(([path, { inputs }]) => [path, Object.keys(inputs)]),
  ),
);
const outputs = Object.keys(sources);
const ofLibrary = outputs.filter((path) => !path.startsWith('dist/src/cli/'));
await Promise.all(ofLibrary.map(withoutIdleImports));
await Promise.all(ofLibrary.filter((path) => isAside(sources[path] ?? [])).map(minify));
await removeOthers(new Set([...outputs, ...(await declarations())]));
await chmod(join(root, 'dist/src/cli/main.js'), 0o755);
// For the tests of what apps load.
await writeFile(join(root, 'dist/sources.json'), JSON.stringify(sources));
