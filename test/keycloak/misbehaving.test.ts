import { describe, expect, test, type TestContext, vi } from 'vitest';
import { createSession, type Session, type SessionOptions } from '../../src/index.ts';
import { adminOf } from './admin.ts';
import { realmFiles } from './servers.mjs';
import { startKeycloak } from './server/startKeycloak.mjs';
import { servers } from './tokens.ts';

const patient = { timeout: 60_000, interval: 100 };

interface Watched {
  readonly session: Session<Record<string, unknown>>;
  readonly facts: string[];
  /** `grant_type` and status of each token request. */
  readonly grants: string[];
}

const grantOf = async (request: Request): Promise<string> =>
  new URLSearchParams(await request.text()).get('grant_type') ?? '';

/** A signed-in session in Node, where a test can watch the transport. */
const signedIn = async (
  { onTestFinished }: TestContext,
  options: Partial<SessionOptions> & { issuer: string },
  username = 'user1',
): Promise<Watched> => {
  const facts: string[] = [];
  const grants: string[] = [];
  const session = createSession<Record<string, unknown>>({
    clientId: 'my_client',
    idle: false,
    onWarning: () => {},
    async fetch(input, init) {
      const request = new Request(input, init);
      const grant = request.url.endsWith('/token') ? await grantOf(request.clone()) : undefined;
      const response = await fetch(request);
      if (grant !== undefined) grants.push(`${grant} ${response.status}`);
      return response;
    },
    ...(options as object),
    issuer: options.issuer,
  });
  onTestFinished(() => session.stop());
  for (const type of ['renewed', 'renewalFailed', 'ending', 'signedOut'] as const)
    session.on(type, () => facts.push(type));
  session.on('expired', ({ reason }) => facts.push(`expired ${reason}`));
  await session.signIn({ username, password: 'password' });
  return { session, facts, grants };
};

const serial = (() => {
  let count = 0;
  return (name: string): string => `${name}-${Date.now()}-${++count}`;
})();

/** Tokens live 5 s: before the administrator is done they may have been renewed. */
const endOf = (facts: readonly string[]): string[] => facts.filter((fact) => fact !== 'renewed');

const failureOf = (done: Promise<unknown>): Promise<unknown> =>
  done.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );

describe.concurrent.each(servers)('Keycloak $version', ({ url }) => {
  const issuer = `${url}/realms/app`;
  const admin = adminOf(url, 'app');

  test('a session that an administrator ended is over as revoked, at the next renewal', async (context) => {
    const username = serial('user');
    const id = await admin.createUser(username);
    const { session, facts } = await signedIn(context, { issuer }, username);
    await admin.endSessions(id);
    await context.expect
      .poll(() => failureOf(session.renew()), patient)
      .toMatchObject({ code: 'grant_refused', error: 'invalid_grant' });
    expect([session.status, endOf(facts)]).toEqual(['signedOut', ['expired revoked']]);
  });

  test('a user who was disabled is signed out as revoked', async (context) => {
    const username = serial('user');
    const id = await admin.createUser(username);
    const { session, facts } = await signedIn(context, { issuer }, username);
    await admin.changeUser(id, { enabled: false });
    await context.expect
      .poll(() => failureOf(session.renew()), patient)
      .toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(endOf(facts)).toEqual(['expired revoked']);
  });

  test.for([
    ['disabled', { enabled: false }, 'invalid_client'],
    ['made confidential', { publicClient: false }, 'unauthorized_client'],
  ] as const)(
    'a client that was %s mid-session is a configuration fault: told loudly, tokens kept until nothing is left',
    async ([, change, oauthError], context) => {
      const clientId = serial('client');
      const id = await admin.createClient(clientId, { attributes: { 'access.token.lifespan': '15' } });
      const { session, facts, grants } = await signedIn(context, { issuer, clientId });
      await admin.changeClient(id, change);
      expect(await failureOf(session.renew())).toMatchObject({
        code: 'client_refused',
        status: 401,
        error: oauthError,
        retryable: false,
      });
      expect(session.status).toBe('signedIn');
      expect(session.peekAccessToken()).toBeDefined();
      await context.expect.poll(() => session.status, patient).toBe('signedOut');
      // How often it is tried meanwhile is a matter of pauses and of how long the refresh token lives.
      expect([...new Set(facts)]).toEqual(['renewalFailed', 'expired rejected']);
      expect([...new Set(grants)]).toEqual(['password 200', 'refresh_token 401']);
    },
  );

  test('realm keys that were rotated change nothing for a session', async (context) => {
    const { session, facts } = await signedIn(context, { issuer: `${url}/realms/report` });
    await adminOf(url, 'report').addKeys();
    await session.renew();
    expect([session.status, facts]).toEqual(['signedIn', ['renewed']]);
  });

  test('with rotation every renewal sends the newest refresh token, and one that was used by somebody else ends the session', async (context) => {
    const rotating = `${url}/realms/rotating`;
    let stolen: string | undefined;
    const { session, facts } = await signedIn(context, {
      issuer: rotating,
      async fetch(input, init) {
        const response = await fetch(input, init);
        const body: unknown = await response
          .clone()
          .json()
          .catch(() => undefined);
        stolen = (Object(body) as { refresh_token?: string }).refresh_token ?? stolen;
        return response;
      },
    });
    await session.renew();
    await session.renew();
    expect(facts).toEqual(['renewed', 'renewed']);
    const form = { grant_type: 'refresh_token', client_id: 'my_client', refresh_token: stolen! };
    const used = await fetch(`${rotating}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    expect(used.status).toBe(200);
    expect(await failureOf(session.renew())).toMatchObject({ code: 'grant_refused', error: 'invalid_grant' });
    expect(facts.at(-1)).toBe('expired revoked');
  });

  test('a client without refresh tokens is signed in for one access token, and then lapses', async (context) => {
    const { session, facts, grants } = await signedIn(context, {
      issuer,
      clientId: 'no_refresh',
      silent: false,
    });
    await context.expect.poll(() => session.status, patient).toBe('signedOut');
    expect([facts, grants]).toEqual([['expired lapsed'], ['password 200']]);
  });
});

describe.concurrent.each(servers.map(({ version }) => version))(
  'Keycloak %s, stopped and started again under a live session',
  (version) => {
    test('is waited for; nothing hangs, and the session goes on where the server has kept it', async (context) => {
      const server = await startKeycloak({ version, realmFiles });
      context.onTestFinished(() => server.stop());
      // Long lives: what ends the session is the restart, not the wait for it.
      const { session, facts } = await signedIn(context, { issuer: `${server.url}/realms/report` });
      const restarted = server.restart();
      await vi.waitFor(
        () =>
          fetch(server.url).then(
            () => Promise.reject(new Error('still up')),
            () => {},
          ),
        patient,
      );
      expect(await failureOf(session.renew())).toMatchObject({ code: 'network_failed', retryable: true });
      expect(session.status).toBe('signedIn');
      expect(session.peekAccessToken()).toBeDefined();
      await restarted;
      await failureOf(session.renew());
      // Up to 25 sessions live in memory alone; from 26 on they are kept (persistent user sessions).
      const isForgetful = Number.parseInt(version) < 26;
      // The session tries by itself as well: it can have been renewed before it was asked.
      expect([...new Set(facts)].filter((fact) => fact !== 'renewalFailed')).toEqual([
        isForgetful ? 'expired revoked' : 'renewed',
      ]);
      expect(session.status).toBe(isForgetful ? 'signedOut' : 'signedIn');
    });
  },
);
