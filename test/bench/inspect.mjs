import { load } from './bundle.mjs';
import { measure } from './measure.mjs';

const TODOS = 'https://api.example.com/todos?page=2';

const { createFakeSession, inspectSession } = await load([
  'src/testing/index.ts',
  'src/inspect/inspectSession.ts',
]);

const answer = Promise.resolve(new Response('ok'));

const signedIn = async () => {
  const session = createFakeSession({
    user: { name: 'Ada' },
    tokenOrigins: 'https://api.example.com',
    fetch: () => answer,
    idle: false,
  });
  await session.enter('authenticated');
  return session;
};

/** What an inspection costs whoever is inspected: nothing once it has stopped, and else a step and a request more. */
export async function measureInspection() {
  const [bare, attached, detached] = await Promise.all([signedIn(), signedIn(), signedIn()]);
  const inspection = inspectSession(attached);
  inspectSession(detached).stop();
  const rows = await measure([
    { name: 'a sign of the user', run: () => bare.stay() },
    { name: 'while inspected', against: 'a sign of the user', run: () => attached.stay() },
    { name: 'after the inspection', against: 'a sign of the user', run: () => detached.stay() },
    { name: 'a request', run: () => bare.fetch(TODOS) },
    { name: 'one while inspected', against: 'a request', run: () => attached.fetch(TODOS) },
    { name: 'one after the inspection', against: 'a request', run: () => detached.fetch(TODOS) },
  ]);
  inspection.stop();
  for (const session of [bare, attached, detached]) session.stop();
  return rows;
}

const heap = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

/**
 * The heap that so many entries take: beyond the limit no more.
 *
 * @param {number} count
 */
export async function measureEntries(count) {
  const session = await signedIn();
  const before = heap();
  const inspection = inspectSession(session);
  const began = performance.now();
  while ((inspection.entries.at(-1)?.number ?? 0) < count) session.stay();
  const us = ((performance.now() - began) * 1000) / count;
  const bytes = heap() - before;
  const kept = inspection.entries.length;
  inspection.stop();
  session.stop();
  return { kept, us, bytes };
}
