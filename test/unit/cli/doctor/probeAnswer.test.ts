import { expect, test } from 'vitest';
import { cli, realm } from './stage.ts';

const refusing = () => realm(() => [401, { error: 'unauthorized_client', error_description: 'x' }]);
const odd = () => realm(() => [418, { error: 'teapot' }]);
const REFRESH = '-d grant_type=refresh_token -d client_id=web -d refresh_token=a';

test('what only a junk token was answered is not called the answer', async () => {
  const { endpoint } = await refusing();
  const { first, out } = await cli(['doctor'], { stdin: `curl ${endpoint} ${REFRESH}` });
  expect(`${first} ${out.replaceAll(/\s+/g, ' ')}`).toContain(
    'With a junk token the answer was 401 unauthorized_client',
  );
  expect(out).not.toMatch(/The answer was|the answer is/);
});

test('nor is one that nobody knows', async () => {
  const { endpoint } = await odd();
  const { first } = await cli(['doctor'], { stdin: `curl ${endpoint} ${REFRESH} -d client_secret=s` });
  expect(first).toContain('the answer to a junk token');
});

test('what was answered before is', async () => {
  const { endpoint } = await refusing();
  const stdin = `curl ${endpoint} ${REFRESH}\n{"error":"unauthorized_client"}`;
  const { out } = await cli(['doctor'], { stdin });
  expect(out).toContain('The answer was unauthorized_client.');
  expect(out).not.toContain('With a junk token');
});
