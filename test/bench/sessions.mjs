import { load } from './bundle.mjs';

const { createSession } = await load(['src/index.ts']);

const grants = {
  signIn: async () => ({ access_token: 'access', expires_in: 3600, refresh_token: 'refresh' }),
};

/** @param {number} count */
async function signInMany(count) {
  const sessions = Array.from({ length: count }, (_, i) =>
    createSession({
      name: `session ${i}`,
      issuer: 'https://id.test',
      clientId: 'server',
      tokenOrigins: 'https://api.test',
      grants,
      user: () => ({ name: 'Ada' }),
    }),
  );
  await Promise.all(sessions.map((session) => session.signIn()));
  return sessions;
}

/** What a signed-in session of a server keeps on the heap, in bytes. */
export async function measureSessions(count = 2000) {
  // What all sessions share is loaded and compiled with the first ones.
  for (const session of await signInMany(100)) session.stop();
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const sessions = await signInMany(count);
  globalThis.gc?.();
  const bytes = (process.memoryUsage().heapUsed - before) / count;
  for (const session of sessions) session.stop();
  return { count, bytes };
}
