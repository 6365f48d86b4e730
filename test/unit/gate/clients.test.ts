import axios from 'axios';
import ky2 from 'ky';
import ky1 from 'ky-1';
import { describe, expect, it } from 'vitest';
import { API, code, setUpGate, unauthorized } from './gateHarness.ts';

const counted = (options = {}) => {
  const set = setUpGate(options);
  let calls = 0;
  const fetch: typeof globalThis.fetch = (input, init) => {
    calls++;
    return set.gate.fetch(input, init);
  };
  return { ...set, fetch, calls: () => calls };
};

const retry = { limit: 2, backoffLimit: 1 };

describe.each([
  ['ky 1', ky1 as unknown as typeof ky2],
  ['ky 2', ky2],
])('%s on top of the gate', (name, ky) => {
  it('passes it with every attempt, each with the token of its moment', async () => {
    const { fetch, calls, sent, fill, network } = counted();
    fill(1);
    network.answer = () => {
      fill(sent.length + 1);
      return new Response('{"done":true}', { status: sent.length < 3 ? 503 : 200 });
    };
    expect(await ky.create({ fetch, retry }).get(`${API}/x`).json()).toEqual({ done: true });
    expect(calls()).toBe(3);
    expect(sent.map(({ authorization }) => authorization)).toEqual([
      'Bearer token-1.1',
      'Bearer token-1.2',
      'Bearer token-1.3',
    ]);
  });

  it('keeps its body over attempts and the repeat after a 401', async () => {
    const { fetch, sent, fill, session, network, renewed } = counted();
    fill(1);
    session.onRenewal = () => renewed(2);
    network.answer = () => {
      if (sent.length === 1) return new Response('', { status: 503 });
      return sent.length === 2 ? unauthorized() : new Response('ok');
    };
    await ky.create({ fetch, retry }).put(`${API}/x`, { json: { a: 1 } });
    const bodies = await Promise.all(sent.map(({ request }) => request.text()));
    expect(bodies).toEqual(['{"a":1}', '{"a":1}', '{"a":1}']);
    expect(sent.map(({ authorization }) => authorization)).toEqual([
      'Bearer token-1.1',
      'Bearer token-1.1',
      'Bearer token-1.2',
    ]);
  });

  it('finds no token on the request of its errors', async () => {
    const { fetch, fill, network } = counted();
    fill(1);
    network.answer = () => new Response('', { status: 404 });
    const error = await ky
      .create({ fetch, retry })(`${API}/x`)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ response: { status: 404 } });
    expect((error as { request: Request }).request.headers.has('authorization')).toBe(false);
  });

  it('does not retry our errors', async () => {
    const { fetch, calls, session } = counted();
    session.phase = 'idle';
    // ky 1 retries whatever is thrown; this is what its users are told to write.
    const shouldRetry = ({ error }: { error: Error }) => ('code' in error ? false : undefined);
    const client = ky.create({ fetch, retry: name === 'ky 1' ? { ...retry, shouldRetry } : retry });
    await expect(client.get(`${API}/x`)).rejects.toEqual(code('session_idle'));
    expect(calls()).toBe(1);
  });

  it('still retries what the network did', async () => {
    const { fetch, calls, fill, network } = counted();
    fill(1);
    network.answer = () => Promise.reject(new TypeError('fetch failed'));
    await expect(ky.create({ fetch, retry }).get(`${API}/x`)).rejects.toThrow(/./);
    expect(calls()).toBe(3);
  });
});

describe('axios on top of the gate', () => {
  const client = (fetch: typeof globalThis.fetch) =>
    axios.create({ adapter: 'fetch', env: { fetch, Request, Response: Response as never } });

  it('sends the token', async () => {
    const { fetch, fill, sent } = counted();
    fill(1);
    const { data } = await client(fetch).post(`${API}/x`, { a: 1 });
    expect(data).toBe('ok');
    expect(sent[0]?.authorization).toBe('Bearer token-1.1');
    expect(await sent[0]?.request.text()).toBe('{"a":1}');
  });

  it('carries our error as its cause', async () => {
    const { fetch, session } = counted();
    session.phase = 'idle';
    await expect(client(fetch).get(`${API}/x`)).rejects.toMatchObject({
      isAxiosError: true,
      cause: code('session_idle'),
    });
  });
});
