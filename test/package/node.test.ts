import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('../..', import.meta.url));

const run = (script: string) =>
  spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    encoding: 'utf8',
    timeout: 60_000,
  });

const entries = Object.keys(manifest.exports)
  .filter((entry) => !entry.endsWith('.json'))
  .map((entry) => `token-vigil${entry.slice(1)}`);

test.each(entries)('%s can be imported where there is no DOM', (entry) => {
  // What Angular publishes has to be linked: by its CLI, or by its compiler as it is loaded.
  const compiler = entry.includes('/angular') ? "import '@angular/compiler';" : '';
  const { stdout, status } = run(`${compiler}console.log(Object.keys(await import('${entry}')).length > 0)`);
  expect([stdout.trim(), status]).toEqual(['true', 0]);
});

test('a CommonJS module can require it', () => {
  const { stdout, status } = run(`
    import { createRequire } from 'node:module';
    console.log(typeof createRequire(import.meta.url)('token-vigil').createSession);
  `);
  expect([stdout.trim(), status]).toEqual(['function', 0]);
});

test('bundlers that know no `exports` (Parcel by default) find the same module', () => {
  expect(manifest.main).toBe(manifest.exports['.'].default);
  expect(manifest.types).toBe(manifest.main.replace(/\.js$/, '.d.ts'));
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
