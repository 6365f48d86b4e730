/** What `npm start` runs. */
import { once } from 'node:events';
import { type Arguments, readArguments, usage, UsageError } from './arguments.ts';
import { type Demo, startDemo } from './demo.ts';
import { playStory } from './headless.ts';
import { demoUsers } from './provider/users.ts';

const print = (line: string) => console.log(line);

function greeting({ page, backend }: Demo): string {
  const users = demoUsers.map(({ username, password }) => `${username} / ${password}`).join('  or  ');
  return `
  token-vigil

  Look at     ${page.origin}
  Sign in as  ${users}
  Behind it   provider ${backend.issuer}, API ${backend.apiOrigin}

  Ctrl-C stops everything.
`;
}

async function serve({ port }: Arguments): Promise<number> {
  const demo = await startDemo({ port });
  print(greeting(demo));
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await demo.stop();
  return 0;
}

async function run(args: readonly string[]): Promise<number> {
  const wanted = readArguments(args);
  if (wanted.help) return (print(usage), 0);
  if (wanted.headless) return (await playStory(print)) ? 0 : 1;
  return serve(wanted);
}

function complain(error: unknown): number {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  return 2;
}

process.exitCode = await run(process.argv.slice(2)).catch(complain);
