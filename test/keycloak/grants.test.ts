import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSession, type SessionOptions } from '../../src/index.ts';
import { hasRole, keycloakUser } from '../../src/claims/keycloak/index.ts';
import { adminOf } from './admin.ts';
import { aboutSeconds, askForTokens, claimsOf, servers } from './tokens.ts';

const user1 = { username: 'user1', password: 'password' };

/** A session on a server, which ends with the test. */
const sessionAt = <User = Record<string, unknown>>(options: SessionOptions<User>) => {
  const session = createSession<User>({ onWarning: () => {}, ...options });
  onTestFinished(() => session.stop());
  return session;
};

describe.each(servers)('Keycloak $version', ({ url }) => {
  const report = `${url}/realms/report`;

  test('password and refresh on the public client of the report: 300 and 1800 s, one session', async () => {
    const times = { expires_in: aboutSeconds(300), refresh_expires_in: aboutSeconds(1800) };
    const first = await askForTokens(report, { grant_type: 'password', client_id: 'my_client', ...user1 });
    expect(first).toMatchObject({ status: 200, body: times });
    const { refresh_token, session_state } = first.body;
    const form = {
      grant_type: 'refresh_token',
      client_id: 'my_client',
      refresh_token: String(refresh_token),
    };
    const second = await askForTokens(report, form);
    expect(second).toMatchObject({
      status: 200,
      body: { ...times, session_state },
    });
    for (const { body } of [first, second]) {
      expect(claimsOf(body['access_token'])).toMatchObject({ iss: report, azp: 'my_client', typ: 'Bearer' });
      expect(claimsOf(body['refresh_token'])).toMatchObject({
        iss: report,
        azp: 'my_client',
        typ: 'Refresh',
      });
      expect(claimsOf(body['refresh_token'])['sid']).toBe(session_state);
    }
  });

  test('`admin-cli` of `master`, the client of the report, in a session', async () => {
    const session = sessionAt({ issuer: `${url}/realms/master`, clientId: 'admin-cli', scope: 'openid' });
    await session.signIn({ username: 'admin', password: 'admin' });
    const first = session.peekAccessToken();
    await session.renew();
    expect(session.peekAccessToken()).not.toBe(first);
    const { lease } = session.actor.getSnapshot().context;
    expect(lease).toMatchObject({ generation: 2 });
    expect(lease!.lifeMs / 1000).toEqual(aboutSeconds(60));
    const refreshSeconds = (lease!.refreshDeadline!.wallMs - lease!.sentAt.wallMs) / 1000;
    expect(refreshSeconds + 1).toEqual(aboutSeconds(1800));
  });

  test.each(['client_secret_post', 'client_secret_basic'] as const)(
    'a confidential client signs in and renews with %s, its scope kept',
    async (clientAuthentication) => {
      const session = sessionAt({
        issuer: report,
        clientId: 'my_server',
        clientSecret: 'planted-secret',
        clientAuthentication,
        scope: 'openid profile email',
      });
      await session.signIn(user1);
      await session.renew();
      const { lease } = session.actor.getSnapshot().context;
      expect(lease?.generation).toBe(2);
      expect(lease?.scope?.split(' ').toSorted()).toEqual(['email', 'openid', 'profile']);
    },
  );

  test('a confidential client without its secret is told so, and the error names the next step', async () => {
    const session = sessionAt({ issuer: report, clientId: 'my_server' });
    const error: unknown = await session.signIn(user1).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'client_refused', status: 401, error: 'unauthorized_client' });
    expect(String(error)).toMatch(/clientSecret/);
  });

  test('the roles of realm and client are read from the access token', async () => {
    const issuer = `${url}/realms/app`;
    const session = sessionAt({ issuer, clientId: 'my_client', user: keycloakUser });
    const user = await session.signIn(user1);
    expect(user).toMatchObject({ name: 'Ada User', preferred_username: 'user1' });
    expect([hasRole(user, 'reader'), hasRole(user, 'payer', 'my_server')]).toEqual([true, true]);
    expect(hasRole(user, 'payer')).toBe(false);
  });

  test('an offline token has no known end, and renews', async () => {
    const issuer = `${url}/realms/app`;
    const session = sessionAt({ issuer, clientId: 'my_client', scope: 'openid offline_access' });
    await session.signIn(user1);
    expect(session.actor.getSnapshot().context.lease?.refreshDeadline).toBe(null);
    await session.renew();
    const { lease } = session.actor.getSnapshot().context;
    expect([lease?.generation, lease?.refreshDeadline]).toEqual([2, null]);
  });

  test('signing out without a redirect ends the session at the server', async () => {
    const issuer = `${url}/realms/app`;
    const tokens: string[] = [];
    const session = sessionAt({
      issuer,
      clientId: 'my_client',
      // What a page must never do: keep the refresh token, to see what it is worth afterwards.
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        const body: unknown = await response
          .clone()
          .json()
          .catch(() => ({}));
        const { refresh_token: token } = Object(body) as { refresh_token?: string };
        if (token) tokens.push(token);
        return response;
      },
    });
    const username = `leaver-${randomUUID()}`;
    // Alone: 23.0.3 ends every session of the user with the client.
    await adminOf(url, 'app').createUser(username);
    await session.signIn({ username, password: 'password' });
    await session.signOut({ redirect: false });
    expect(session.status).toBe('signedOut');
    const form = { grant_type: 'refresh_token', client_id: 'my_client', refresh_token: tokens.at(-1)! };
    expect(await askForTokens(issuer, form)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});
