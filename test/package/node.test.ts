import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

const run = (script: string) =>
  spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    encoding: 'utf8',
    timeout: 20_000,
  });

test('the built package can be imported where there is no DOM, each of its entries', () => {
  const { stdout, status } = run(`
    const entries = await Promise.all(['token-vigil', 'token-vigil/machine', 'token-vigil/testing'].map((name) => import(name)));
    console.log(entries.map((entry) => Object.keys(entry).length > 0).join());
  `);
  expect([stdout.trim(), status]).toEqual(['true,true,true', 0]);
});

test('in Node nothing of a running session keeps the process alive', () => {
  const { stdout, status, signal } = run(`
    import { createSession } from 'token-vigil';
    const session = createSession({
      issuer: 'https://id.invalid',
      clientId: 'web',
      tokenOrigins: [],
      onWarning: () => {},
      grants: { signIn: async () => ({ access_token: 'a', refresh_token: 'r', expires_in: 300 }) },
    });
    await session.signIn({});
    console.log(session.status);
  `);
  expect([stdout.trim(), status, signal]).toEqual(['signedIn', 0, null]);
});
