import { describe, expect, test } from 'vitest';
import { adminOf } from './admin.ts';
import { askForTokens, servers } from './tokens.ts';

const client = { client_id: 'my_client' };

describe.each(servers)('Keycloak $version, a user on two devices', ({ url, version }) => {
  const issuer = `${url}/realms/report`;

  const signIn = async (username: string): Promise<string> => {
    const form = { ...client, grant_type: 'password', username, password: 'password' };
    return String((await askForTokens(issuer, form)).body['refresh_token']);
  };
  const send = (path: string, form: Readonly<Record<string, string>>) =>
    fetch(`${issuer}/protocol/openid-connect/${path}`, {
      method: 'POST',
      body: new URLSearchParams({ ...client, ...form }),
    });
  const statusOfRefresh = async (token: string) =>
    (await askForTokens(issuer, { ...client, grant_type: 'refresh_token', refresh_token: token })).status;

  test('a revoked refresh token ends its session; up to 25 those of the other devices with it', async () => {
    const username = `revoking-${Date.now()}`;
    await adminOf(url, 'report').createUser(username);
    const [here, there] = [await signIn(username), await signIn(username)];
    expect((await send('revoke', { token: here })).status).toBe(200);
    expect(await statusOfRefresh(here)).toBe(400);
    expect(await statusOfRefresh(there)).toBe(Number.parseInt(version) < 26 ? 400 : 200);
  });

  test('a logout with the refresh token ends its session only', async () => {
    const username = `leaving-${Date.now()}`;
    await adminOf(url, 'report').createUser(username);
    const [here, there] = [await signIn(username), await signIn(username)];
    expect((await send('logout', { refresh_token: here })).status).toBe(204);
    expect([await statusOfRefresh(here), await statusOfRefresh(there)]).toEqual([400, 200]);
  });
});
