// Writes docs/causes.md from the tables in src/explain/causes, and the lines **See also** of docs/errors.md. Run: node docs/causes.mjs
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const { outputFiles } = await build({
  stdin: {
    contents: "export * from './causes/causesPage.ts'; export * from './causes/errorsPage.ts';",
    resolveDir: fileURLToPath(new URL('.', import.meta.url)),
  },
  bundle: true,
  format: 'esm',
  write: false,
});
const script = outputFiles[0]?.text ?? '';
const { causesPage, errorsPage } = await import(`data:text/javascript,${encodeURIComponent(script)}`);

const errors = new URL('errors.md', import.meta.url);
await writeFile(new URL('causes.md', import.meta.url), causesPage());
await writeFile(errors, errorsPage(await readFile(errors, 'utf8')));
