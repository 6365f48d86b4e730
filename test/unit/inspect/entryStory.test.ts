import { expect, onTestFinished, test } from 'vitest';
import type { Recorded } from '../../../src/inspect/backlog.ts';
import { createSession } from '../../../src/index.ts';
import { inspectSession } from '../../../src/inspect/inspectSession.ts';
import type { InspectEntry } from '../../../src/inspect/inspectEntry.ts';
import { createMoments } from '../../../src/inspect/panel/moments.ts';
import { entryStory } from '../../../src/inspect/panel/entryStory.ts';
import { createVirtualClock, drainMicrotasks } from '../../../src/testing/virtualClock.ts';

const api = 'https://api.test';

const storyOf = (recorded: Recorded, entry: InspectEntry): string =>
  entryStory(recorded, createMoments(recorded), recorded.entries.indexOf(entry)).join(' ');

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
  expect(storyOf(inspection, ofRequest('started'))).toMatch(
    /^It has been held since \S+: the access token had 3 s left, and with less than 4 s it is not handed out\. It still waits\. Under way: Renewal of token 1 begun\.$/,
  );
  await clock.advance(1000);
  answer();
  await request;
  const why =
    /^It was held for 1 s: the access token had 3 s left, .* Renewal of token 1 succeeded after [\d.]+ s, at \S+: that let the request go \(entry \d+\)\.$/;
  for (const type of ['started', 'waited', 'sent', 'settled'])
    expect(storyOf(inspection, ofRequest(type))).toMatch(why);
});

test('a request that was sent at once was not held', async () => {
  const { session, inspection, ofRequest } = await sessionThatRenews();
  await session.fetch(`${api}/items`);
  expect(storyOf(inspection, ofRequest('started'))).toBe('It was not held: the access token had 19 s left.');
});
