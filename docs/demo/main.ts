/** What `npm start` runs. */
import { type Arguments, readArguments, usage, UsageError } from './arguments.ts';
import { type Demo, startDemo } from './demo.ts';
import { playStory } from './headless.ts';
import { PortTaken } from './http/insisting.ts';
import { NoRealm } from './keycloak/noRealm.ts';

const print = (line: string) => console.log(line);

function greeting({ page, backend }: Demo): string {
  const users = backend.users.map(({ username, password }) => `${username} / ${password}`);
  return `
  token-vigil

  Look at     ${page.origin}
  Sign in as  ${users.join('  or  ') || 'a user of that realm'}
  Behind it   provider ${backend.issuer}, API ${backend.apiOrigin}

  Ctrl-C stops everything.
`;
}

/** The listeners stay: npm passes on the signal that the terminal has sent already. */
function interruption(): Promise<unknown> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, resolve);
  });
}

/** A signal to npm alone ends npm's shell but not what runs in it: we notice by another parent. */
function abandonment(): Promise<unknown> {
  const parent = process.ppid;
  return new Promise<void>((resolve) => {
    const isRunByNpm = process.env['npm_lifecycle_event'] !== undefined;
    if (isRunByNpm) setInterval(() => process.ppid === parent || resolve(), 500).unref();
  });
}

async function serve(wanted: Arguments): Promise<number> {
  const demo = await startDemo(wanted);
  print(greeting(demo));
  await Promise.race([interruption(), abandonment()]);
  await demo.stop();
  return 0;
}

async function run(args: readonly string[]): Promise<number> {
  const wanted = readArguments(args);
  if (wanted.help) return (print(usage), 0);
  if (wanted.headless) return (await playStory(print, wanted)) ? 0 : 1;
  return serve(wanted);
}

function complain(error: unknown): number {
  if (![UsageError, NoRealm, PortTaken].some((kind) => error instanceof kind)) throw error;
  console.error((error as Error).message);
  return error instanceof UsageError ? 2 : 1;
}

process.exitCode = await run(process.argv.slice(2)).catch(complain);
