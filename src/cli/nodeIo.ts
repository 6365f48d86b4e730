import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CliError } from './cliError.ts';
import type { CliIo } from './cliIo.ts';
import { xstatePath, xstateScripts } from './inspect/xstateScripts.ts';

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

/** readline echoes to its output, which is nowhere. */
const promptHidden = (question: string): Promise<string> => {
  process.stderr.write(question);
  const lines = createInterface({ input: process.stdin, output: nowhere(), terminal: true });
  return new Promise((resolve, reject) => {
    lines.once('line', resolve);
    lines.once('SIGINT', () => reject(new CliError('Cancelled')));
    lines.once('close', () => reject(new CliError('Cancelled')));
  }).finally(() => {
    lines.close();
    process.stderr.write('\n');
  }) as Promise<string>;
};

const ownVersion = (): string => {
  const { version } = createRequire(import.meta.url)('token-vigil/package.json') as { version: string };
  return version;
};

/** Beside the one file that is run, as it was built. */
const built = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8');

/** The viewer is made of the library's own files; a browser finds no package by its name. */
const viewerScripts = async (): Promise<ReadonlyMap<string, string>> => {
  const paths = JSON.parse(await built('./inspect/viewer.json')) as readonly string[];
  const files = paths.map(async (path): Promise<[string, string]> => {
    const code = await built(`../../${path}`);
    return [`/${path}`, code.replaceAll(/(from\s*)"xstate"/g, `$1"${xstatePath}"`)];
  });
  return new Map([
    ['/viewer.js', `import '/${paths[0]}';\n`],
    ...(await xstateScripts()),
    ...(await Promise.all(files)),
  ]);
};

const untilInterrupted = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

/** The command line as this process has it. */
export const nodeIo = (): CliIo => ({
  argv: process.argv.slice(2),
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  fetch: (...request) => fetch(...request),
  nowMs: Date.now,
  readFile: (path) => createReadStream(path),
  promptHidden,
  version: ownVersion,
  viewerScripts,
  untilInterrupted,
});
