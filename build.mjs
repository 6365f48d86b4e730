/**
 * The second half of `npm run build`, after the compiler has checked everything and written the declarations: bundles what the
 * package runs, and leaves nothing in the folders of the package that is not of this build.
 */
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { neededDeclarations } from './declarations.mjs';
import { mergedDeclarations } from './mergedDeclarations.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));

const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

/** @param {string} path */
const fromRoot = (path) => relative(root, path).replaceAll('\\', '/');

/** Where users come in, as built files. */
const entries = Object.values(/** @type {Record<string, string | Record<string, string>>} */ (exports))
  .flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry)))
  .filter((path) => path.endsWith('.js'))
  .map((path) => path.replace('./', ''));

/** What the page of `token-vigil inspect` runs. */
const viewer = 'dist/src/inspect/viewer/main.js';

/** Loaded later, by `import()`, and the viewer: files of their own, under their own names. */
const later = [
  viewer,
  'dist/src/session/secondChunk.js',
  'dist/src/session/optionalChunk.js',
  'dist/src/inspect/panel/index.js',
];

/** What the command shares with the viewer. */
const inspectForCommand = 'dist/src/inspect/forCommand.js';

/** One file without imports. */
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

/** The same file has what the command needs beside, which is not declared. */
const explainForCommand = 'src/explain/forCommand.ts';

/** What stands for them until it is known in which file the import is. */
const placeOfExplain = 'place:explain';
const placeOfInspect = 'place:inspect';

/** @type {import('esbuild').Plugin} */
const left = {
  name: 'imports that are left',
  setup({ onResolve }) {
    onResolve({ filter: /\.bundle\.js$/ }, ({ path }) => ({ path, external: true }));
    onResolve({ filter: /\/explain\/index\.ts$/ }, () => ({ path: placeOfExplain, external: true }));
  },
};

/** @type {import('esbuild').Plugin} */
const leftByCommand = {
  name: 'imports that the command leaves',
  setup({ onResolve }) {
    onResolve({ filter: /\/explain\/\w+\.ts$/ }, () => ({ path: placeOfExplain, external: true }));
    onResolve({ filter: /^(\.\.\/){2,3}inspect\/\w+\.ts$/ }, () => ({
      path: placeOfInspect,
      external: true,
    }));
  },
};

/** @param {string} built */
const sourceOf = (built) => built.replace('dist/', '').replace(/js$/, 'ts');

/**
 * What apps import. A module that several entries reach is in a file that exactly these share, so that it is there only once and
 * nobody loads what only others need.
 */
const library = () =>
  build({
    ...common,
    entryPoints: [...entries, ...later, inspectForCommand].filter((path) => path !== explain).map(sourceOf),
    outbase: '.',
    outdir: 'dist',
    chunkNames: 'src/chunks/[hash]',
    splitting: true,
    packages: 'external',
    metafile: true,
    plugins: [left],
  });

const explained = () =>
  build({ ...common, entryPoints: [explainForCommand], outfile: explain, metafile: true });

/** The command: one file, which needs nothing but Node, what explains, and what the viewer needs as well. */
const command = () =>
  build({
    ...common,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/src/cli/main.js',
    platform: 'node',
    target: 'node20.19',
    minify: true,
    metafile: true,
    plugins: [leftByCommand],
  });

/** Files that a module names, of the kind `from './lease.js'` and `import('./lease.js')`. */
const named = /(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g;

/** @param {string} folder */
const filesOf = async (folder) => {
  const found = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => fromRoot(join(entry.parentPath, entry.name)));
};

/** Everything in the folders of the package. */
const filesThere = async () => (await Promise.all(['dist/machines', 'dist/src'].map(filesOf))).flat();

/** Leaves of the declarations what a user's compiler needs. */
const declarations = async () => {
  const paths = (await filesThere()).filter((path) => path.endsWith('.d.ts'));
  const texts = paths.map(
    async (path) => /** @type {const} */ ([path, await readFile(join(root, path), 'utf8')]),
  );
  const entered = entries.map((path) => path.replace(/\.js$/, '.d.ts'));
  const needed = mergedDeclarations(neededDeclarations(new Map(await Promise.all(texts)), entered), entered);
  await mkdir(join(root, 'dist/src/types'), { recursive: true });
  await Promise.all(
    [...needed].map(([path, statements]) => writeFile(join(root, path), statements.join(''))),
  );
  return needed.keys();
};

/** @param {ReadonlySet<string>} kept */
const removeOthers = async (kept) => {
  const others = (await filesThere()).filter((path) => !kept.has(path) && !path.endsWith(bundledBefore));
  await Promise.all(others.map((path) => rm(join(root, path))));
};

/**
 * esbuild imports a chunk also where it needs nothing of it, for what that might do when it is loaded. Nothing here does anything
 * then (`sideEffects`), and bundlers would warn.
 *
 * @param {string} code
 */
const withoutIdleImports = (code) => code.replaceAll(/^import "\.[^"]+";\n/gm, '');

/** @param {string} path */
const finish = async (path) => {
  const code = await readFile(join(root, path), 'utf8');
  /** @param {string} file */
  const from = (file) => relative(dirname(path), file).replaceAll('\\', '/');
  const placed = code
    .replaceAll(placeOfExplain, from(explain))
    .replaceAll(placeOfInspect, from(inspectForCommand));
  await writeFile(join(root, path), withoutIdleImports(placed));
};

/** @param {string} path */
const minify = async (path) => {
  const code = await readFile(join(root, path), 'utf8');
  await writeFile(join(root, path), (await transform(code, { minify: true, target: 'es2023' })).code);
};

/** @param {string} path */
const importsIn = async (path) => {
  const code = await readFile(join(root, path), 'utf8');
  return [...code.matchAll(named)].map(([, name = '']) => fromRoot(resolve(root, dirname(path), name)));
};

const forViewer = 'dist/src/cli/inspect';

/** The viewer is made of the library's own files: a list of them. */
const viewerFiles = async () => {
  const files = new Set([viewer]);
  // A set that grows while it is walked is walked to its new end.
  for (const path of files) for (const imported of await importsIn(path)) files.add(imported);
  await writeFile(
    join(root, forViewer, 'viewer.json'),
    JSON.stringify([...files].map((path) => path.replace('dist/', ''))),
  );
  return [`${forViewer}/viewer.json`];
};

const built = [await library(), await explained(), await command()];
/** Which sources are in which file. */
const sources = Object.fromEntries(
  built.flatMap(({ metafile }) =>
    Object.entries(metafile.outputs).map(([path, { inputs }]) => [path, Object.keys(inputs)]),
  ),
);
const outputs = Object.keys(sources);
await Promise.all(outputs.map(finish));
await Promise.all(outputs.filter((path) => !path.startsWith('dist/src/cli/')).map(minify));
await mkdir(join(root, forViewer), { recursive: true });
await removeOthers(new Set([...outputs, ...(await viewerFiles()), ...(await declarations())]));
await chmod(join(root, 'dist/src/cli/main.js'), 0o755);
// For the tests of what apps load.
await writeFile(join(root, 'dist/sources.json'), JSON.stringify(sources));
