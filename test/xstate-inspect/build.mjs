/**
 * `npm run build:inspect`: bundles `@xstate/inspect` and its XState 4 into one file of the package, which is loaded only where
 * somebody opens that inspector. Users install neither.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { installPinned } from '../support/installPinned.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
const outfile = fileURLToPath(
  new URL('../../dist/src/inspect/xstate/xstateInspect.bundle.js', import.meta.url),
);

/** @param {string} name */
async function noticeOf(name) {
  const home = `${folder}/node_modules/${name}`;
  const { version } = JSON.parse(await readFile(`${home}/package.json`, 'utf8'));
  return `${name} ${version}\n\n${(await readFile(`${home}/LICENSE`, 'utf8')).trim()}`;
}

await installPinned(folder);

/** `@xstate/inspect` carries no licence file of its own: it comes from the repository of XState, under the same one. */
const notices = await Promise.all(['xstate', 'fast-safe-stringify'].map(noticeOf));
const notice = `/*!\n@xstate/inspect 0.8.0, and ${notices.join('\n\n---\n\n')}\n*/`;

const { outputFiles } = await build({
  // The other half of the package is the receivers' side.
  stdin: {
    contents: "export { createDevTools, inspect } from '@xstate/inspect/es/browser.js';",
    resolveDir: folder,
  },
  bundle: true,
  format: 'iife',
  globalName: 'bundled',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  write: false,
});
const code = outputFiles[0]?.text.trim();
// A function: each inspector has the module's state, and its `window`, for itself.
const module = `${notice}\nexport const loadXStateInspect = (window) => {\n${code}\nreturn bundled;\n};\n`;
await writeFile(outfile, module);
const kB = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;
console.error(
  `xstateInspect.bundle.js: ${kB(Buffer.byteLength(module))}, ${kB(gzipSync(module, { level: 9 }).length)} compressed`,
);
