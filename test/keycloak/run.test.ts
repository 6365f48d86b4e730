import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, type TestContext, vi } from 'vitest';
import { freePort } from './server/freePort.mjs';

const program = fileURLToPath(new URL('run.mjs', import.meta.url));

interface Run {
  readonly child: ChildProcess;
  printed(): string;
}

const run = ({ onTestFinished }: TestContext, ...args: string[]): Run => {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (printed += String(part)));
  return { child, printed: () => printed };
};

const serving = async (context: TestContext, version: string) => {
  const url = `http://localhost:${await freePort()}`;
  const { child, printed } = run(context, version, '--port', new URL(url).port);
  await vi.waitUntil(() => printed().includes('Ctrl-C') || child.exitCode !== null, { timeout: 150_000 });
  return { child, url, printed: printed() };
};

const statusOf = (url: string): Promise<number> =>
  fetch(url).then(
    ({ status }) => status,
    () => 0,
  );

describe('npm run keycloak', () => {
  test('starts the wanted version with the realm of the demo, and leaves nothing behind on Ctrl-C', async (context) => {
    const { child, url, printed } = await serving(context, '23.0.3');
    expect(printed).toContain(`Keycloak 23.0.3\n\n  Server       ${url}\n`);
    expect(await statusOf(`${url}/realms/demo/.well-known/openid-configuration`)).toBe(200);
    const ended = once(child, 'close');
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(await statusOf(url)).toBe(0);
  });

  test.each([
    [['23'], 'One version, as 26.7.3 is one, not "23"'],
    [['--port', 'x'], '--port must be a number'],
    [['--verbose'], "Unknown option '--verbose'"],
  ])('%j is refused in words, with the usage', async (args, words) => {
    const { child, printed } = run({ onTestFinished: () => {} } as never, ...args);
    const [status] = (await once(child, 'close')) as [number];
    expect(status).toBe(2);
    expect(printed()).toContain(words);
    expect(printed()).toContain('npm run keycloak -- 23.0.3');
  });
});
