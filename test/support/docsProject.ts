import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, preview } from 'vite';
import { filesIn } from './filesIn.ts';
import { splitPage } from './shortPath.ts';
import { sources } from './sources.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The app that a page of the docs has its reader write, as its visitors get it. */
export interface DocsProject {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Writes files into a folder, with what their reader has in place of the example addresses of the docs. */
export const writeFiles = async (
  folder: string,
  files: Readonly<Record<string, string>>,
  facts: Readonly<Record<string, string>>,
): Promise<void> => {
  for (const [path, contents] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    const withFacts = Object.entries(facts).reduce((text, [from, to]) => text.replaceAll(from, to), contents);
    await writeFile(join(folder, path), withFacts);
  }
};

/** The files that a page shows after its shortest path. @param page Its name in `docs` */
export const docsFiles = async (page: string): Promise<Record<string, string>> => {
  const { rest } = splitPage(await readFile(join(root, 'docs', `${page}.md`), 'utf8'));
  return Object.fromEntries(filesIn(rest).map(({ path, contents }) => [path, contents]));
};

/**
 * Writes down an app that a page has its reader write, and builds it.
 *
 * @param name Of its folder
 * @param files By their path
 * @param facts What the page's reader has in place of its example addresses
 */
export const startDocsProject = async (
  name: string,
  files: Readonly<Record<string, string>>,
  facts: Readonly<Record<string, string>>,
  config: InlineConfig,
): Promise<DocsProject> => {
  // Within the repository, so that its packages are found.
  const folder = join(root, 'dist/docs-projects', name);
  await rm(folder, { recursive: true, force: true });
  // What lies above it says that its modules do nothing by being loaded.
  await writeFiles(folder, { 'package.json': '{ "type": "module" }', ...files }, facts);
  // As Vue's starter has it.
  const resolve = { alias: { ...sources, '@/': `${folder}/src/` } };
  const settings: InlineConfig = { ...config, resolve, root: folder, configFile: false, logLevel: 'error' };
  await build({ ...settings, build: { target: 'es2023' } });
  const server = await preview({ ...settings, preview: { host: 'localhost', port: 0 } });
  return {
    origin: new URL(server.resolvedUrls?.local[0] ?? '').origin,
    stop: () => server.close(),
  };
};
