import { expect, it } from 'vitest';
import { cli } from './stage.ts';

const TOKEN = 'OPAQUEtokAAAAAAAAAAAAAAAAAAAA1234567890';

const entry = (method: string, url: string, status: number) => ({
  request: { method, url, headers: [] },
  response: { status, headers: [], content: {} },
});

it('an opaque token in a path is not shown, wherever requests are listed', async () => {
  const log = {
    entries: [
      entry('GET', `https://api.example.com/magic/${TOKEN}`, 401),
      entry('GET', `https://api.example.com/magic/${TOKEN}/again`, 403),
    ],
  };
  for (const options of [[], ['--json'], ['--request', '2']]) {
    const { out, err } = await cli(['doctor', '--offline', ...options], { stdin: JSON.stringify({ log }) });
    expect(out + err).not.toContain(TOKEN);
    expect(out).toContain('https://api.example.com/magic/(hidden)');
  }
});

it.each([
  ['a realm', 'https://id.example.com/realms/tenant4711of2026andmore/protocol/openid-connect/token'],
  ['a server of Okta', 'https://dev.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9i0j/v1/token'],
  ['a host', 'https://a1b2c3d4e5f6g7h8i9j0k1l2m3.example.com/oauth/token'],
  ['a policy', 'https://t.b2clogin.com/t.onmicrosoft.com/B2C_1A_signup_signin_v2/oauth2/v2.0/token'],
  ['a tenant', 'https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/oauth2/v2.0/token'],
])('the name of %s in an address is shown', async (_what, url) => {
  const stdin = `curl ${url} -d grant_type=refresh_token`;
  const { out } = await cli(['doctor', '--offline', '--json'], { stdin });
  expect(out).toContain(`"url": "${url}"`);
});

it('a token in the words of a server is not shown', async () => {
  const answer = { error: 'invalid_grant', error_description: `The token ${TOKEN} is not known here` };
  for (const options of [[], ['--json']]) {
    const { out } = await cli(['doctor', '--offline', ...options], { stdin: JSON.stringify(answer) });
    expect(out).not.toContain(TOKEN);
    expect(out).toContain('is not known here');
  }
});
