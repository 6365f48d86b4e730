import { expect, test } from 'vitest';
import { cli, realm, refusedToken } from './stage.ts';

const CLIENT = '-d grant_type=client_credentials -d client_id=web -d client_secret=s';

test.each(['{"error":"invalid_client","error_description":"odd"}', '{"error":"invalid_client"}'])(
  'a client that was refused and is accepted now: what was sent was something else, or the client is: %s',
  async (answer) => {
    const { endpoint } = await realm(() => refusedToken);
    const { first } = await cli(['doctor'], { stdin: `curl ${endpoint} ${CLIENT}\n${answer}` });
    expect(first).toContain('but now the server accepts the client as it is pasted');
    expect(first).toContain('So something else was sent then');
  },
);

test.each([
  ['is refused still', () => [401, { error: 'invalid_client' }] as const, '{"error":"invalid_client"}'],
  ['was not refused', () => refusedToken, '{"error":"teapot"}'],
])('nothing is said of a client that %s', async (_what, token, answer) => {
  const { endpoint } = await realm(token);
  const { out } = await cli(['doctor'], { stdin: `curl ${endpoint} ${CLIENT}\n${answer}` });
  expect(out).not.toContain('accepts the client');
});

test('what --spend was told was told now', async () => {
  const { endpoint } = await realm((fields) =>
    fields.get('grant_type') === 'refresh_token' ? refusedToken : [401, { error: 'invalid_client' }],
  );
  const { out } = await cli(['doctor', '--spend'], { stdin: `curl ${endpoint} ${CLIENT}` });
  expect(out).not.toContain('something else was sent');
});
