import { expect, test } from 'vitest';
import { inspectSession } from '../../../src/inspect/inspectSession.ts';
import { createTimelineSpans } from '../../../src/inspect/panel/timelineSpans.ts';
import { createFakeSession } from '../../../src/testing/index.ts';

const api = 'https://api.test';

const sessionWithApi = async () => {
  const session = createFakeSession({
    user: {},
    tokenOrigins: [api],
    fetch: async () => new Response('{}'),
  });
  const inspection = inspectSession(session, { limit: 100 });
  await session.enter('authenticated');
  return { session, inspection };
};

test('states, renewals and requests are spans', async () => {
  const { session, inspection } = await sessionWithApi();
  await session.fetch(`${api}/items`);
  await session.enter('backingOff');
  const spans = createTimelineSpans();
  spans.take(inspection.entries);
  const shown = spans.all().map(({ row, kind, until }) => [row, kind, until === null]);
  expect(shown).toContainEqual([0, 'authenticated', false]);
  expect(shown).toContainEqual([0, 'refreshing', true]);
  expect(shown).toContainEqual([1, 'expired', false]);
  expect(shown).toContainEqual([2, 'request', false]);
  expect(spans.at(session.clock.wallMs()).map(({ name }) => name)).toEqual(['refreshing.backingOff']);
  session.stop();
});

test('what was over before the first entry that is kept is forgotten, and what goes on is not', async () => {
  const { session, inspection } = await sessionWithApi();
  const spans = createTimelineSpans();
  for (let count = 0; count < 1000; count++) {
    session.touch();
    await session.advance(10);
    await session.fetch(`${api}/items`);
    spans.take(inspection.entries);
  }
  expect(inspection.entries[0]?.number).toBeGreaterThan(2000);
  expect(spans.all().length).toBeLessThan(110);
  expect(
    spans
      .all()
      .filter(({ row }) => row === 0)
      .map(({ kind, until }) => [kind, until]),
  ).toEqual([['authenticated', null]]);
  session.stop();
});
