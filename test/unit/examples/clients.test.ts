import ky1 from 'ky-1';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createAxiosClient, sessionErrorOf } from '../../../docs/examples/axiosClient.ts';
import { createKyClient, retryForKy1 } from '../../../docs/examples/kyClient.ts';
import { sessionOf, signInUser } from '../../../docs/examples/serverSession.ts';
import { openSocket } from '../../../docs/examples/websocket.ts';
import { createFakeSession } from '../../../src/testing/fakeSession.ts';

const origin = 'https://api.example.com';

/** A session, and the bearers that reached its API. */
function withApi() {
  const bearers: (string | null)[] = [];
  const answer: typeof fetch = async (input, init) => {
    bearers.push(new Request(input, init).headers.get('Authorization'));
    return Response.json({ items: ['bread'] });
  };
  const session = createFakeSession({ user: { name: 'Ada' }, tokenOrigins: origin, fetch: answer });
  onTestFinished(() => session.stop());
  return { session, bearers };
}

test('the ky client sends a fresh token', async () => {
  const { session, bearers } = withApi();
  await session.enter('authenticated');
  const api = createKyClient(session, origin);
  expect(await api.get('items').json()).toEqual({ items: ['bread'] });
  expect(bearers).toEqual([`Bearer ${session.peekAccessToken()}`]);
});

test('ky, 2 and 1, hands on our errors at the first attempt', async () => {
  const { session } = withApi();
  await session.enter('anonymous');
  const gated = vi.fn(session.fetch);
  const ky2Error = createKyClient({ ...session, fetch: gated }, origin).get('items');
  await expect(ky2Error).rejects.toMatchObject({ code: 'signed_out' });
  const ky1Error = ky1.get(`${origin}/items`, { fetch: gated, retry: retryForKy1 });
  await expect(ky1Error).rejects.toMatchObject({ code: 'signed_out' });
  expect(gated).toHaveBeenCalledTimes(2);
});

test('the axios client sends a fresh token and keeps our error', async () => {
  const { session, bearers } = withApi();
  const api = createAxiosClient(session, origin);
  await session.enter('authenticated');
  expect((await api.get('/items')).data).toEqual({ items: ['bread'] });
  expect(bearers).toEqual([`Bearer ${session.peekAccessToken()}`]);
  await session.signOut();
  const thrown: unknown = await api.get('/items').catch((error: unknown) => error);
  expect(sessionErrorOf(thrown)?.code).toBe('signed_out');
});

test('the socket proves who it is when it opens and after each renewal, and closes with the session', async () => {
  const { session } = withApi();
  const sent: string[] = [];
  class FakeSocket extends EventTarget {
    send = (message: string) => sent.push((JSON.parse(message) as { token: string }).token);
    close = () => this.dispatchEvent(new Event('close'));
  }
  vi.stubGlobal('WebSocket', FakeSocket);
  onTestFinished(() => void vi.unstubAllGlobals());
  await session.enter('authenticated');

  const socket = openSocket(session, 'wss://api.example.com/feed');
  socket.dispatchEvent(new Event('open'));
  await session.advance(0);
  await session.renew();
  await session.advance(0);
  expect(sent).toHaveLength(2);
  expect(sent[1]).toBe(session.peekAccessToken());

  const closed = vi.fn();
  socket.addEventListener('close', closed);
  await session.signOut();
  expect(closed).toHaveBeenCalledOnce();
});

test('the server keeps one session per cookie and forgets it when it ends', async () => {
  const sent: (string | null)[] = [];
  vi.stubGlobal('fetch', async (input: RequestInfo, init?: RequestInit) => {
    const request = new Request(input, init);
    if (request.url.startsWith('https://id.example.com')) return new Response(null, { status: 404 });
    sent.push(request.headers.get('Authorization'));
    return Response.json({});
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const redeem = (token: string) => async () => ({
    access_token: token,
    expires_in: 300,
    refresh_token: 'r',
  });
  const first = await signInUser('cookie-a', redeem('token-a'));
  const second = await signInUser('cookie-b', redeem('token-b'));
  // A name is public, a cookie opens the session.
  expect(first.name + second.name).not.toContain('cookie');
  expect(first.name).not.toBe(second.name);

  await sessionOf('cookie-b', false)?.fetch('https://api.internal.example.com/todos');
  await sessionOf('cookie-a', true)?.fetch('https://api.internal.example.com/todos');
  expect(sent).toEqual(['Bearer token-b', 'Bearer token-a']);

  await sessionOf('cookie-a', false)?.signOut();
  expect(sessionOf('cookie-a', false)).toBeUndefined();
  await sessionOf('cookie-b', false)?.signOut();
});
