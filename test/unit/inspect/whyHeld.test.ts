import { expect, onTestFinished, test } from 'vitest';
import { createSession } from '../../../src/index.ts';
import { inspectSession } from '../../../src/inspect/inspectSession.ts';
import type { InspectEntry } from '../../../src/inspect/inspectEntry.ts';
import { whyHeld } from '../../../src/inspect/panel/whyHeld.ts';
import { createVirtualClock, drainMicrotasks } from '../../../src/testing/virtualClock.ts';

const api = 'https://api.test';

/** A session whose renewals take as long as the test wants. */
const sessionThatRenews = async () => {
  const clock = createVirtualClock();
  const tokens = { access_token: 'access', refresh_token: 'refresh', expires_in: 20 };
  let answer: (() => void) | undefined;
  const session = createSession({
    issuer: 'https://id.test',
    clientId: 'web',
    clock,
    tokenOrigins: [api],
    fetch: async () => new Response('{}'),
    grants: {
      signIn: async () => tokens,
      refresh: () => new Promise((resolve) => (answer = () => resolve(tokens))),
    },
  });
  onTestFinished(session.stop);
  const inspection = inspectSession(session, { clock });
  await session.signIn();
  const ofRequest = (type: string): InspectEntry =>
    inspection.entries.findLast(({ ...entry }) => entry.kind === 'request' && entry.request.type === type)!;
  return { session, clock, inspection, ofRequest, answer: () => answer?.() };
};

test('a request that was held says for how long, and what let it go', async () => {
  const { session, clock, inspection, ofRequest, answer } = await sessionThatRenews();
  // The renewal begins after about 10 s, and may take 8 s; after 15 s the token is not handed out any more.
  await clock.advance(16_000);
  const request = session.fetch(`${api}/items`);
  await drainMicrotasks();
  expect(whyHeld(ofRequest('started'), inspection.entries)).toBe(
    'It waits for a token. Under way: Renewal of token 1 begun.',
  );
  await clock.advance(1000);
  answer();
  await request;
  const why =
    /^It was held for 1 s, because no token was fresh for long enough\. What let it go: Renewal of token 1 succeeded after [\d.]+ s\.$/;
  for (const type of ['started', 'waited', 'settled'])
    expect(whyHeld(ofRequest(type), inspection.entries)).toMatch(why);
});

test('of a request that was sent at once, and of other entries, it says nothing', async () => {
  const { session, inspection } = await sessionThatRenews();
  await session.fetch(`${api}/items`);
  expect(inspection.entries.map((entry) => whyHeld(entry, inspection.entries)).filter(Boolean)).toEqual([]);
});
