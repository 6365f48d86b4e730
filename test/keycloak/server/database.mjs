import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, distributionOf, unfinished } from './distribution.mjs';
import { freePort } from './freePort.mjs';
import { databaseIn, furnish } from './home.mjs';
import { serve } from './serve.mjs';

/**
 * The same files make the same database.
 *
 * @param {readonly string[]} realmFiles
 */
function markOf(realmFiles) {
  const contents = realmFiles.map((file) => readFileSync(file, 'utf8')).toSorted();
  return createHash('sha256').update(JSON.stringify(contents)).digest('hex').slice(0, 12);
}

/**
 * @param {import('./startKeycloak.mjs').StartOptions} options
 * @param {string} folder
 */
async function make({ version, realmFiles, signal }, folder) {
  const { home, remove } = furnish({ distribution: distributionOf(version), realmFiles });
  // Renamed when it is whole; beside its place, because nothing is renamed from one disk to another.
  const workshop = mkdtempSync(join(cache, unfinished));
  try {
    const group = await serve(home, await freePort(), signal);
    await group.stop();
    const copy = join(workshop, 'h2');
    cpSync(databaseIn(home), copy, { recursive: true });
    renameSync(copy, folder);
  } catch (error) {
    // Another process was faster.
    if (!existsSync(folder)) throw error;
  } finally {
    remove();
    rmSync(workshop, { recursive: true, force: true });
  }
}

/**
 * A database with the administrator and these realms. To make it is most of the work of a first start, so this is done once.
 *
 * @param {import('./startKeycloak.mjs').StartOptions} options
 */
export async function databaseOf(options) {
  const folder = join(cache, `${options.version}-database-${markOf(options.realmFiles)}`);
  if (!existsSync(folder)) await make(options, folder);
  return folder;
}
