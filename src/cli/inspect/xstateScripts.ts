import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CliError } from '../cliError.ts';

/** Where the served page finds XState. */
export const xstatePath = '/xstate/xstate.esm.js';

const besideIt = /(?:from|import)\s*'\.\/([\w.-]+\.js)'/g;

const installed = (): string => {
  try {
    return createRequire(import.meta.url).resolve('xstate/package.json');
  } catch (cause) {
    throw new CliError('The inspector needs XState, which is not installed here: npm install xstate', {
      cause,
    });
  }
};

/** XState as it is installed beside this package, with all that it imports: a browser finds no package by its name. */
export const xstateScripts = async (): Promise<ReadonlyMap<string, string>> => {
  const folder = join(installed(), '../dist');
  const scripts = new Map<string, string>();
  const names = new Set(['xstate.esm.js']);
  // A set that grows while it is walked is walked to its new end.
  for (const name of names) {
    const code = await readFile(join(folder, name), 'utf8');
    scripts.set(`/xstate/${name}`, code);
    for (const [, imported = ''] of code.matchAll(besideIt)) names.add(imported);
  }
  return scripts;
};
