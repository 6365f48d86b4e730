import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';

const main = fileURLToPath(new URL('../../dist/docs/demo/main.js', import.meta.url));

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function finish(child: ChildProcess) {
  const [printed, complained, [status]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close'),
  ]);
  return { printed, complained, status: status as number | null };
}

/** Starts the page and waits until it is told where. */
async function serving(...args: string[]) {
  const child = start(...args);
  let printed = '';
  child.stdout!.on('data', (chunk) => (printed += String(chunk)));
  await vi.waitUntil(() => printed.includes('Ctrl-C'), { timeout: 60_000 });
  const [page = '', ...others] = printed.match(/http:\/\/localhost:\d+/g) ?? [];
  return { child, page, others };
}

const isUp = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

describe('npm start', () => {
  test('refuses what it does not know in one line', async () => {
    const { complained, status } = await finish(start('--haedless'));
    expect(complained).toMatch(/^Unknown: --haedless.*\n$/);
    expect(status).toBe(2);
  });

  test.each([
    [['--keycloak', 'localhost:8180'], 2, '--keycloak must be an address like http://localhost:8180, not'],
    [['--slow'], 2, '--slow is for --headless'],
    [
      ['--headless', '--slow', '--keycloak', 'http://localhost:1'],
      2,
      "--slow cannot change how long a Keycloak's",
    ],
    [['--keycloak'], 2, "Option '--keycloak <value>' argument missing"],
    [['--keycloak', 'http://localhost:1'], 1, 'No answer from http://localhost:1/realms/demo'],
    [['--headless', '--keycloak', 'http://localhost:1'], 1, 'No answer from http://localhost:1/realms/demo'],
  ])('%j ends with status %i and says why in one line', async (args, wanted, words) => {
    const { printed, complained, status } = await finish(start(...args));
    expect(complained.startsWith(words)).toBe(true);
    expect(complained.trim().split('\n')).toHaveLength(1);
    expect(printed).toBe('');
    expect(status).toBe(wanted);
  });

  test('serves the page, its scripts and its settings', async () => {
    const { page } = await serving('--port', '0');
    const answers = await Promise.all(
      ['/', '/main.js', '/style.css', '/settings.json'].map((path) => fetch(page + path)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers[0]!.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('lets only its own page make trouble', async () => {
    const { page } = await serving('--port', '0');
    const revoke = (site: string) =>
      fetch(`${page}/trouble/revoke`, { method: 'POST', headers: { 'sec-fetch-site': site } });
    expect((await revoke('cross-site')).status).toBe(403);
    expect((await revoke('same-origin')).status).toBe(204);
  });

  test('says that the port it was asked for is taken, and starts nothing', async () => {
    const { page } = await serving('--port', '0');
    const { port } = new URL(page);
    const { printed, complained, status } = await finish(start('--port', port));
    expect(complained).toMatch(new RegExp(`^Port ${port} is taken .*\\n$`));
    expect(printed).toBe('');
    expect(status).toBe(1);
    expect(await isUp(page)).toBe(true);
  });

  test('moves to free ports where nobody asked for one', async () => {
    const [first, second] = [await serving(), await serving()];
    expect(second.page).not.toBe(first.page);
    expect(await isUp(second.page)).toBe(true);
  });

  test.skipIf(process.platform === 'win32')('leaves nothing behind on Ctrl-C', async () => {
    const { child, page, others } = await serving('--port', '0');
    // An open stream of the page must not hold it up.
    const watching = await fetch(`${page}/watch`);
    const ended = once(child, 'close');
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(await Promise.all([page, ...others].map(isUp))).toEqual([false, false, false]);
    await expect(watching.text()).rejects.toThrow('terminated');
  });
});
