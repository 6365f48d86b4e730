import { createFakeSession } from 'token-vigil/testing';
import { session as realOne } from './session';

test('this page lacks what a sign-in needs, and a fake session does without', async () => {
  expect([typeof TextEncoder, typeof crypto.subtle, typeof fetch]).toEqual([
    'undefined',
    'undefined',
    'undefined',
  ]);
  const session = createFakeSession({ user: { name: 'Ada' } });
  await session.enter('authenticated');
  expect(session.user).toEqual({ name: 'Ada' });
  session.stop();
});

test('what imports the real session can be imported, as long as nobody starts it', () => {
  expect(realOne.status).toBe('loading');
});

test('requests are answered by the test', async () => {
  const sent: unknown[] = [];
  const session = createFakeSession({
    user: { name: 'Ada' },
    tokenOrigins: ['https://api.example.com'],
    fetch: async (url) => {
      sent.push(url);
      return { ok: true, status: 200, json: async () => ['a', 'b'] } as Response;
    },
  });
  await session.enter('authenticated');
  const items = await (await session.fetch('https://api.example.com/items')).json();
  expect([sent, items]).toEqual([['https://api.example.com/items'], ['a', 'b']]);
  session.stop();
});
