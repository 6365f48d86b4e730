import { cp, mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFiles } from './docsProject.ts';
import { type Starter, starterIn } from './starter.ts';

/**
 * Another project with the installation of a starter.
 *
 * @param name Of its folder
 * @param copied Files that it has as the starter has them
 * @param files Its own, by their path
 * @param facts What the reader of the docs has in place of their example addresses
 */
export const besideStarter = async (
  name: string,
  { folder: installed }: Starter,
  copied: readonly string[],
  files: Readonly<Record<string, string>>,
  facts: Readonly<Record<string, string>>,
): Promise<Starter> => {
  const folder = fileURLToPath(new URL(`../../dist/docs-projects/${name}`, import.meta.url));
  await rm(folder, { recursive: true, force: true });
  for (const path of copied) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(join(installed, path), join(folder, path));
  }
  await symlink(join(installed, 'node_modules'), join(folder, 'node_modules'), 'junction');
  await writeFiles(folder, files, facts);
  return starterIn(folder);
};
