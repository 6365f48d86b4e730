import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** The folders that servers can share, as none of them writes there. */
const shared = ['lib', 'providers', 'themes'];

/**
 * A place for one server, because it keeps its data beside its programs. The script is copied: it takes for home where it really lies.
 *
 * @param {{ distribution: string, realmFiles?: readonly string[], database?: string }} contents
 *   `realmFiles`: what is imported; `database`: what to begin with instead of an empty one.
 */
export function furnish({ distribution, realmFiles = [], database }) {
  const home = mkdtempSync(join(tmpdir(), 'token-vigil-keycloak-'));
  for (const part of shared) symlinkSync(join(distribution, part), join(home, part));
  cpSync(join(distribution, 'conf'), join(home, 'conf'), { recursive: true });
  mkdirSync(join(home, 'bin'));
  copyFileSync(join(distribution, 'bin', 'kc.sh'), join(home, 'bin', 'kc.sh'));
  if (database) cpSync(database, databaseIn(home), { recursive: true });
  const imports = join(home, 'data', 'import');
  mkdirSync(imports, { recursive: true });
  for (const file of realmFiles) copyFileSync(file, join(imports, basename(file)));
  return { home, remove: () => rmSync(home, { recursive: true, force: true }) };
}

/** @param {string} home */
export const databaseIn = (home) => join(home, 'data', 'h2');
