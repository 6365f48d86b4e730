import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('../../dist/docs/demo/main.js', import.meta.url));

// In a file of its own, since it takes long and does little. At the usual pace Keycloak's story is played, beside less.
test('npm start -- --headless --slow tells the whole story, and no expired token arrives', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [main, '--headless', '--slow']).catch(
    (failure: { stdout: string }) => failure,
  );
  expect(stdout).toContain('0 with an expired token');
  expect(stdout).toContain('All went as it should');
}, 400_000);
