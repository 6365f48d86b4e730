import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, preview } from 'vite';
import { sources } from './sources.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The app that a page of the docs has its reader write, as its visitors get it. */
export interface DocsProject {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Files that a page of the docs shows: fenced blocks that name one. */
const filesIn = (markdown: string): (readonly [path: string, contents: string])[] =>
  [...markdown.matchAll(/^```\w+ (\S+)\n(.*?)^```$/gms)].map(([, path = '', contents = '']) => [
    path,
    contents,
  ]);

/**
 * Writes the files that a page shows into a folder.
 *
 * @param page Its name in `docs`
 * @param facts What the page's reader has in place of its example addresses
 */
export const writeDocsFiles = async (
  page: string,
  folder: string,
  facts: Readonly<Record<string, string>>,
  starter: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const shown = filesIn(await readFile(join(root, 'docs', `${page}.md`), 'utf8'));
  for (const [path, contents] of [...Object.entries(starter), ...shown]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    const withFacts = Object.entries(facts).reduce((text, [from, to]) => text.replaceAll(from, to), contents);
    await writeFile(join(folder, path), withFacts);
  }
};

/**
 * Writes down the files that a page shows, where a starter has them, and builds them.
 *
 * @param page Its name in `docs`
 * @param starter What the framework's own starter has besides: files by their path
 * @param facts What the page's reader has in place of its example addresses
 */
export const startDocsProject = async (
  page: string,
  starter: Readonly<Record<string, string>>,
  facts: Readonly<Record<string, string>>,
  config: InlineConfig,
): Promise<DocsProject> => {
  // Within the repository, so that its packages are found.
  const folder = join(root, 'dist/docs-projects', page);
  await rm(folder, { recursive: true, force: true });
  // What lies above it says that its modules do nothing by being loaded.
  const manifest = { 'package.json': '{ "type": "module" }' };
  await writeDocsFiles(page, folder, facts, { ...manifest, ...starter });
  const resolve = { alias: sources };
  const settings: InlineConfig = { ...config, resolve, root: folder, configFile: false, logLevel: 'error' };
  await build({ ...settings, build: { target: 'es2023' } });
  const server = await preview({ ...settings, preview: { host: 'localhost', port: 0 } });
  return {
    origin: new URL(server.resolvedUrls?.local[0] ?? '').origin,
    stop: () => server.close(),
  };
};
