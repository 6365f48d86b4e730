import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesIn } from './filesIn.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Pages that begin with a shortest path, by the framework whose starter it begins with. */
export const shortPaths = {
  angular: 'angular',
  next: 'server-rendering',
  react: 'react',
  solid: 'solid',
  svelte: 'svelte',
  vue: 'vue',
} as const;

/** The app that a reader has at the end of the shortest path. */
export interface ShortPath {
  /** What the starter wrote, and what the reader has changed and added. */
  readonly files: Readonly<Record<string, string>>;
  /** Lines that the reader has written: those of new files, blank ones too, and those that are added to the starter's. */
  readonly ownLines: number;
}

/** A page without its shortest path, and that path. */
export const splitPage = (markdown: string): { readonly short: string; readonly rest: string } => {
  const [short = ''] = /^(#+) The shortest path\n.*?(?=^\1 )/ms.exec(markdown) ?? [];
  return { short, rest: markdown.replace(short, '') };
};

/** Changes a file as a block of the language `diff` says. Hunks are parted by `@@`. @throws {Error} where the starter has other lines */
const change = (path: string, original: string | undefined, diff: string): string =>
  diff.split('@@\n').reduce((text, hunk) => {
    const lines = hunk.trimEnd().split('\n');
    const without = (mark: string): string =>
      lines
        .filter((line) => !line.startsWith(mark))
        .map((line) => `${line.slice(1)}\n`)
        .join('');
    const [before, after] = [without('+'), without('-')];
    if (text.split(before).length !== 2)
      throw new Error(`${path} of the starter has not these lines once:\n${before}`);
    return text.replace(before, () => after);
  }, original ?? '');

/** What the official starter of a framework writes, as far as it is pinned. */
const starterOf = async (framework: string): Promise<Record<string, string>> => {
  const home = join(root, 'test/starters/official', framework);
  const entries = await readdir(home, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const read = async (path: string) => [
    relative(home, path).replaceAll('\\', '/'),
    await readFile(path, 'utf8'),
  ];
  return Object.fromEntries(await Promise.all(paths.map(read))) as Record<string, string>;
};

/** Goes the shortest path of a page of the docs. */
export const goShortPath = async (framework: keyof typeof shortPaths): Promise<ShortPath> => {
  const page = await readFile(join(root, 'docs', `${shortPaths[framework]}.md`), 'utf8');
  const files = await starterOf(framework);
  let ownLines = 0;
  for (const { language, path, contents } of filesIn(splitPage(page).short)) {
    const isChange = language === 'diff';
    ownLines += contents.match(isChange ? /^\+/gm : /\n/g)?.length ?? 0;
    files[path] = isChange ? change(path, files[path], contents) : contents;
  }
  return { files, ownLines };
};
