import { expect, test, vi } from 'vitest';
import { createSession, SessionError, type SessionOptions } from '../../../src/index.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';

const tokens = (serial: number) => ({
  access_token: `access-${serial}`,
  refresh_token: `refresh-${serial}`,
  expires_in: 60,
  refresh_expires_in: 600,
});

const sessionWith = (grants: SessionOptions['grants'] & object, more: Partial<SessionOptions> = {}) => {
  const clock = createVirtualClock();
  const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json({}));
  const session = createSession({
    issuer: 'https://id.test',
    clientId: 'web',
    tokenOrigins: 'https://api.test',
    clock,
    fetch,
    grants,
    ...more,
  });
  return { session, clock, fetch };
};

const authorizationOf = (call: Parameters<typeof globalThis.fetch> | undefined): string | null =>
  new Headers(call?.[1]?.headers).get('authorization');

test('a sign-in and a refresh of the app’s own carry the session', async () => {
  let serial = 1;
  const seen: unknown[] = [];
  const { session, clock, fetch } = sessionWith({
    signIn: async ({ username }) => (seen.push(username), tokens(serial)),
    refresh: async (refreshToken) => (seen.push(refreshToken), tokens(++serial)),
  });
  await session.signIn({ username: 'ada' });
  session.touch();
  await clock.advance(50_000);
  await session.fetch('https://api.test/items');
  expect(seen).toEqual(['ada', 'refresh-1']);
  expect(authorizationOf(fetch.mock.lastCall)).toBe('Bearer access-2');
  session.stop();
  expect(clock.pendingTimers).toBe(0);
});

test('what a sign-in of the app’s own throws decides by its code, and else only its name is kept', async () => {
  const refused = new SessionError('sign_in_refused', 'Wrong badge');
  const { session } = sessionWith({ signIn: async () => Promise.reject(refused) });
  await expect(session.signIn({})).rejects.toBe(refused);

  const { session: other } = sessionWith({ signIn: async () => Promise.reject(new RangeError('secret')) });
  const error: unknown = await other.signIn({}).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'network_failed', retryable: true });
  expect((error as Error).cause).toBe(undefined);
  expect(String(error)).toContain('RangeError');
  expect(String(error)).not.toContain('secret');
});

test('an answer without an access token is refused by name', async () => {
  const { session } = sessionWith({ signIn: async () => ({}) as never });
  await expect(session.signIn({})).rejects.toMatchObject({ code: 'response_invalid' });
});

test('a mapper that throws costs a warning, not the session', async () => {
  const warnings: string[] = [];
  const { session } = sessionWith(
    { signIn: async () => tokens(1) },
    {
      user: () => {
        throw new Error('no such claim');
      },
      onWarning: ({ code }) => warnings.push(code),
    },
  );
  await session.signIn({});
  expect([session.status, warnings]).toEqual(['signedIn', ['option_invalid']]);
});
