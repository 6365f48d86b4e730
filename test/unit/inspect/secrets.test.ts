import { expect, onTestFinished, test, vi } from 'vitest';
import { createSession, SessionError } from '../../../src/index.ts';
import { inspectSession } from '../../../src/inspect/inspectSession.ts';
import { openRecording, saveRecording } from '../../../src/inspect/recording.ts';
import {
  changesOf,
  contextWithoutSecrets,
  eventWithoutSecrets,
  factWithoutSecrets,
  requestWithoutSecrets,
  tabMessageWithoutSecrets,
} from '../../../src/inspect/withoutSecrets.ts';
import { pathWithoutTokens, withoutTokens } from '../../../src/inspect/withoutTokens.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { ofKind, signedIn, stories } from './inspected.ts';

/** Letters and digits, as servers make tokens: without a dot, with few of them, or a JWT. */
const opaque = 'q7Zp2mXv9KcT4wLr8NbY';
const uuid = '3f2b8c1e-5d47-4a90-9b1c-7e6f0d2a8c35';
const long = 'abcdefghij'.repeat(5);
const jumbled = 'kJhGfDsAqWeRtYuIoP';
const jwt = `eyJhbGciOiJSUzI1NiJ9.${btoa('{"sub":"ada","name":"Ada Lovelace"}').replaceAll('=', '')}.c2lnbmF0dXJl`;
const planted = [opaque, uuid, long, jumbled, jwt];

const hasNone = (text: string): void => {
  for (const secret of planted) {
    expect(text).not.toContain(secret);
    for (const piece of secret.split(/[.-]/)) if (piece.length > 8) expect(text).not.toContain(piece);
  }
};

/** Puts secrets wherever an object has room for more, and into whatever it holds that is an object. */
const poisoned = <T>(value: T): T => {
  if (Array.isArray(value)) return value.map(poisoned) as T;
  if (typeof value !== 'object' || value === null) return value;
  const within = Object.fromEntries(Object.entries(value).map(([name, held]) => [name, poisoned(held)]));
  return { ...within, access_token: jwt, refresh_token: opaque, note: { deep: [uuid, long] }, [jwt]: 1 } as T;
};

test('nothing that is added anywhere to an event, a context, a fact, a request or a message is in the stream', async () => {
  for (const { play } of stories) {
    const { inspection, session } = await play();
    const { context } = session.actor.getSnapshot();
    expect(contextWithoutSecrets(poisoned(context))).toEqual(context);
    const other = { ...context, now: { wallMs: 1, monotonicMs: 2 } };
    hasNone(JSON.stringify(changesOf(poisoned(other), poisoned(context))));
    for (const { event } of ofKind(inspection.entries, 'step'))
      expect(eventWithoutSecrets(poisoned(event))).toEqual(event);
    for (const { fact } of ofKind(inspection.entries, 'fact'))
      expect(factWithoutSecrets(poisoned(fact))).toEqual(fact);
  }
  const request = {
    type: 'settled',
    call: 1,
    method: 'GET',
    origin: 'https://api.test',
    path: '/a/b',
    status: 200,
  } as const;
  expect(requestWithoutSecrets(poisoned(request))).toEqual(request);
  const message = { direction: 'received', type: 'renewed', epoch: 7, generation: 2 } as const;
  expect(tabMessageWithoutSecrets(poisoned(message))).toEqual(message);
});

test.each(['scope', 'error', 'code'])('where a %s looks like a token, it is cut out', async (name) => {
  const stage = signedIn();
  const { context } = stage.session.actor.getSnapshot();
  const failure = { class: 'transient', code: 'a', status: null, error: null, retryAfterMs: null } as const;
  for (const secret of planted) {
    const given = {
      ...context,
      lease: { ...context.lease!, ...(name === 'scope' && { scope: `openid ${secret} email` }) },
      failure: { ...failure, ...(name !== 'scope' && { [name]: `was ${secret}, sorry` }) },
      loginFailure: { ...failure, ...(name !== 'scope' && { [name]: secret }) },
    };
    const shown = contextWithoutSecrets(given);
    hasNone(JSON.stringify(shown));
    expect(JSON.stringify(shown)).toContain(name === 'scope' ? '"openid … email"' : '"was … sorry"');
  }
});

test.each([
  'invalid_grant',
  'unmet_authentication_requirements',
  'invalid_authorization_details',
  'temporarily_unavailable',
  'openid profile email offline_access',
  'https://www.googleapis.com/auth/userinfo.email',
  'api://orders/Orders.Read.All user_impersonation',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'accountSelectionRequired',
  'token_arrived_stale',
])('%s is no token', (words) => {
  expect(withoutTokens(words)).toBe(words);
});

test('what is cut through, or too long, shows no piece of a token', () => {
  hasNone(withoutTokens(`${'word '.repeat(199)}${opaque}${opaque}`));
  hasNone(withoutTokens(`${`${long} `.repeat(30)}${opaque}`));
  expect(withoutTokens('a b '.repeat(1000)).length).toBe(200);
  expect(withoutTokens(withoutTokens(`x ${jwt} y`))).toBe('x … y');
});

test.each([
  [`/invitations/${jwt}/accept`, '/invitations/…/accept'],
  [`/reset/${encodeURIComponent(`${opaque}+${jumbled}/9Zk7==`)}`, '/reset/…'],
  [`/reset/${opaque}:${jumbled}9`, '/reset/…'],
  ['/100%/of/it', '/100%/of/it'],
  [
    '/artikel/%E4%BD%A0%E5%A5%BD%E4%B8%96%E7%95%8C%E4%BD%A0',
    '/artikel/%E4%BD%A0%E5%A5%BD%E4%B8%96%E7%95%8C%E4%BD%A0',
  ],
  [`/users/${uuid}/orders/17`, `/users/${uuid}/orders/17`],
  [
    '/articles/how-we-made-the-new-inspector-of-sessions',
    '/articles/how-we-made-the-new-inspector-of-sessions',
  ],
])('%s is shown as %s', (path, shown) => {
  expect(pathWithoutTokens(path)).toBe(shown);
});

const answer = (serial: number) => ({
  access_token: `${jwt}${serial}`,
  refresh_token: `${opaque}${serial}`,
  expires_in: 60,
  refresh_expires_in: 600,
  scope: `openid ${uuid}`,
  session_state: uuid,
  nested: { secret: long },
});

test('a session of grants of the app’s own that answer with more than they have to shows none of it', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => void vi.restoreAllMocks());
  const clock = createVirtualClock();
  let serial = 0;
  const refusals = [
    () => Promise.reject(new SessionError('provider_unavailable', jwt, { error: uuid, status: 503 })),
    () => Promise.reject(Object.assign(new TypeError(jwt), { name: jumbled, token: opaque })),
    async () => ({ error: uuid, error_description: jwt, access_token: undefined }),
  ];
  const session = createSession({
    issuer: 'https://id.test',
    clientId: 'web',
    tokenOrigins: 'https://api.test',
    clock,
    fetch: async () => Response.json({ token: jwt }, { status: 401, headers: { 'x-token': opaque } }),
    user: () => ({ name: opaque, id: jwt }),
    grants: {
      signIn: async () => answer(++serial) as never,
      refresh: async () => (refusals.shift()?.() ?? answer(++serial)) as never,
    },
  });
  const inspection = inspectSession(session, { clock });
  await session.signIn({ username: opaque, password: jumbled });
  await session.fetch(`https://api.test/reset/${jwt}?token=${opaque}#${uuid}`, {
    headers: { 'x-token': jwt, 'x-own': uuid },
  });
  for (let tries = 0; tries < 4; tries++) {
    await Promise.allSettled([session.renew(), clock.advance(1)]);
    await clock.advance(70_000);
    session.touch();
  }
  await session.signOut();
  session.stop();
  inspection.stop();

  expect(ofKind(inspection.entries, 'renewal').map(({ outcome }) => outcome)).toContain('failed');
  expect(ofKind(inspection.entries, 'request').map(({ request }) => request.path)).toContain('/reset/…');
  hasNone(JSON.stringify(inspection.entries));
  const saved = saveRecording(inspection);
  hasNone(saved);
  expect(openRecording(saved).entries).toEqual(inspection.entries);
});

test('a file that holds more than a recording has shows none of it', async () => {
  const { inspection } = await stories[5]!.play();
  const file = JSON.parse(saveRecording(inspection)) as object;
  expect(openRecording(JSON.stringify(poisoned(file))).entries).toEqual(inspection.entries);
});

test('whoever changes an entry does not reach the machine', () => {
  const { inspection, session } = signedIn();
  const before = JSON.stringify(session.actor.getSnapshot().context);
  const spoil = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, held] of Object.entries(value)) {
      spoil(held);
      (value as Record<string, unknown>)[name] = 'spoiled';
    }
  };
  inspection.entries.forEach(spoil);
  expect(JSON.stringify(session.actor.getSnapshot().context)).toBe(before);
});
