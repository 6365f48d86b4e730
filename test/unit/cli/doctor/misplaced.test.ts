import { expect, it } from 'vitest';
import { cli, jwt, realm } from './stage.ts';

const SECRET = 'REALSECRETabc123verylong';

it.each([
  ['a form', (id: string, secret: string) => `-d client_id=${id} -d client_secret=${secret}`],
  ['Basic', (id: string, secret: string) => `-u ${id}:${secret}`],
])('a secret in the place of the client id is neither shown nor sent as one: %s', async (_what, client) => {
  for (const secret of [SECRET, 'short-one']) {
    const { endpoint, issuer, arrived } = await realm(() => [
      401,
      { error: 'unauthorized_client', error_description: 'Invalid client or Invalid client credentials' },
    ]);
    const token = jwt({ iss: issuer, azp: 'web-app', typ: 'Refresh' });
    const stdin = `curl ${endpoint} -d grant_type=refresh_token ${client(secret, 'web-app')} -d refresh_token=${token}`;
    for (const options of [[], ['--json']]) {
      const { out, err } = await cli(['doctor', ...options], { stdin });
      expect(out + err).not.toContain(secret);
      expect(out).toContain('`client_id` and `client_secret` have changed places');
    }
    const sent = JSON.stringify(arrived);
    expect(sent).not.toContain(secret);
    expect(sent).not.toContain(Buffer.from(`${secret}:web-app`).toString('base64'));
  }
});
