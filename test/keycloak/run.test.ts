import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { listen } from '../../docs/demo/http/listen.ts';
import { freePort } from './server/freePort.mjs';

const program = fileURLToPath(new URL('run.mjs', import.meta.url));

const run = (args: readonly string[], env: NodeJS.ProcessEnv = process.env) => {
  const child = spawn(process.execPath, [program, ...args], {
    env,
    // A group of its own, as a terminal gives it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (printed += String(part)));
  const ended = once(child, 'close').then(([status]) => status as number | null);
  return { child, ended, printed: () => printed };
};

/** A folder of one's own; it is gone with the test. */
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'token-vigil-run-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** Programs of these names, in a folder that comes first in the path. */
const withPrograms = (programs: Readonly<Record<string, string>>): NodeJS.ProcessEnv => {
  const folder = newFolder();
  for (const [name, script] of Object.entries(programs))
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
};

const statusOf = (url: string): Promise<number> =>
  fetch(url).then(
    ({ status }) => status,
    () => 0,
  );

const serving = async (args: readonly string[], env: NodeJS.ProcessEnv) => {
  const running = run(args, env);
  const isSettled = () => running.printed().includes('Ctrl-C') || running.child.exitCode !== null;
  await vi.waitUntil(isSettled, { timeout: 150_000 });
  const [, url = expect.fail(running.printed())] = /Server +(\S+)/.exec(running.printed()) ?? [];
  return { ...running, url };
};

describe('npm run keycloak', () => {
  test('starts the wanted version with the realm of the demo, and leaves nothing behind on Ctrl-C', async () => {
    const taken = await listen(createServer(), 0);
    onTestFinished(taken.stop);
    const folder = newFolder();
    const { child, ended, printed, url } = await serving(['23.0.3', '--port', String(taken.port)], {
      ...process.env,
      TMPDIR: folder,
    });
    expect(url).not.toContain(String(taken.port));
    expect(printed()).toContain(`Keycloak 23.0.3\n\n  Server       ${url}\n`);
    expect(printed()).toContain(`npm start -- --keycloak ${url}\n`);
    expect(await statusOf(`${url}/realms/demo/.well-known/openid-configuration`)).toBe(200);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(await statusOf(url)).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('takes the wanted port where it is free', async () => {
    const port = await freePort();
    expect(await freePort(port)).toBe(port);
  });

  test.each([
    [['23'], 'One version, as 26.7.3 is one, not "23"'],
    [['--port', 'x'], '--port must be a number'],
    [['--verbose'], "Unknown option '--verbose'"],
  ])('%j is refused in words, with the usage', async (args, words) => {
    const { ended, printed } = run(args);
    expect(await ended).toBe(2);
    expect(printed()).toContain(words);
    expect(printed()).toContain('npm run keycloak -- 23.0.3');
  });

  test('says in one line what has to be installed', async () => {
    const { ended, printed } = run([], { PATH: newFolder() });
    expect(await ended).toBe(1);
    expect(printed()).toMatch(
      /^Not found: java \(17 or newer\), mvn, .*Install Java 17 or newer and Maven.*\n$/,
    );
  });

  test('leaves nothing behind on Ctrl-C while Maven is at work', async () => {
    const [cache, repository] = [newFolder(), newFolder()];
    const mvn = '[ "$1" = --version ] && echo 3 && exit\ntouch "$MAVEN_REPOSITORY/asked"\nexec sleep 60';
    const env = { ...withPrograms({ mvn }), XDG_CACHE_HOME: cache, MAVEN_REPOSITORY: repository };
    const { child, ended, printed } = run(['23.0.3'], env);
    await vi.waitUntil(() => existsSync(join(repository, 'asked')), { timeout: 60_000 });
    process.kill(-child.pid!, 'SIGINT');
    expect(await ended).toBe(0);
    expect(printed().trim().split('\n')).toHaveLength(1);
    expect(readdirSync(join(cache, 'token-vigil', 'keycloak'))).toEqual([]);
  });

  test('says in one line that Maven does not know the version', async () => {
    const mvn = `[ "$1" = --version ] && echo 3 && exit
echo '[ERROR] Could not find artifact 24.99.9 in central'
echo '[ERROR] To see the full stack trace, run Maven with -e'
exit 1`;
    const env = { ...withPrograms({ mvn }), XDG_CACHE_HOME: newFolder(), MAVEN_REPOSITORY: newFolder() };
    const { ended, printed } = run(['24.99.9'], env);
    expect(await ended).toBe(1);
    const lines = printed().trim().split('\n');
    expect(lines.slice(1)).toEqual([
      'Keycloak 24.99.9 cannot be had: Could not find artifact 24.99.9 in central',
    ]);
  });
});
