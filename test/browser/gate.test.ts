import { afterEach, describe, expect, it } from 'vitest';
import { leaseFrom } from '../../machines/lease.ts';
import { type GateDeps, createGate } from '../../src/gate/gate.ts';
import { createRetry } from '../../src/gate/retry.ts';
import { readInstant, systemClock } from '../../src/time/clock.ts';

const here = window.location.origin;

/** A frame of another realm and of the same origin. */
const otherRealm = async () => {
  const frame = document.createElement('iframe');
  frame.srcdoc = '<p>other realm</p>';
  document.body.append(frame);
  await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  return frame.contentWindow as Window & typeof globalThis;
};

const session = {
  phase: () => 'signedIn' as const,
  epoch: () => 1,
  failure: () => undefined,
  refusal: () => undefined,
  endReason: () => null,
  mustReadRecord: () => false,
  start: () => undefined,
  requestRenewal: () => undefined,
  subscribe: () => () => undefined,
};

/** A gate with a fresh token, and what reached its transport. */
const setUp = (options: Partial<GateDeps> = {}) => {
  const facts = { expires_in: 300, renewable: true };
  const lease = leaseFrom(facts, readInstant(systemClock), { epoch: 1, generation: 1 });
  const bearer = { ...lease, token: 'secret', authorization: 'Bearer secret' };
  const vault = { lease: () => lease, bearer: () => bearer };
  const sent: Request[] = [];
  const transport: typeof fetch = async (input, init) => {
    sent.push(new Request(input, init));
    return new Response('ok');
  };
  const baseUri = () => document.baseURI;
  const loadRetry = async () => createRetry;
  const policies = { waitMs: 8000, idleRequests: 'reject', signedOutRequests: 'reject' } as const;
  const deps = {
    vault,
    clock: systemClock,
    session,
    transport,
    loadRetry,
    origins: ['self'],
    baseUri,
    ...policies,
  };
  return { sent, gate: createGate({ ...deps, ...options }) };
};

const bearerOf = (request: Request | undefined) => request?.headers.get('authorization');

afterEach(() => {
  document.querySelectorAll('iframe, base').forEach((element) => element.remove());
});

describe('the gate in a page', () => {
  it('gives the token to its own origin by default, and to no other', async () => {
    const { gate, sent } = setUp();
    const port = new URL(here).port;
    for (const address of [
      '/x',
      'x',
      '?a',
      `${here}/x`,
      new URL('/x', here),
      `//${window.location.host}/x`,
    ]) {
      await gate.fetch(address);
    }
    expect(sent.map(bearerOf)).toEqual(Array.from({ length: 6 }, () => 'Bearer secret'));
    sent.length = 0;
    const foreign = [
      `//evil.test/x`,
      `/\\evil.test/x`,
      '/\t/evil.test/x',
      `http://${window.location.hostname}.evil.test:${port}/`,
      `http://evil.test:${port}/`,
    ];
    for (const address of foreign) await gate.fetch(address);
    expect(sent.map(bearerOf)).toEqual(foreign.map(() => null));
  });

  it('sees a <base> that leads elsewhere', async () => {
    const { gate, sent } = setUp();
    const base = document.createElement('base');
    base.href = 'https://evil.test/';
    document.head.append(base);
    await gate.fetch('/x');
    await gate.fetch('x');
    await gate.fetch(`${here}/x`);
    expect(sent.map(({ url }) => url)).toEqual(['https://evil.test/x', 'https://evil.test/x', `${here}/x`]);
    expect(sent.map(bearerOf)).toEqual([null, null, 'Bearer secret']);
  });

  it('sends a relative address as the absolute one that was checked', async () => {
    const addresses: unknown[] = [];
    const { gate } = setUp({
      transport: async (input) => {
        addresses.push(input);
        return new Response('ok');
      },
    });
    const base = document.createElement('base');
    base.href = `${here}/deep/`;
    document.head.append(base);
    for (const address of ['/x?a', 'x', `${here}/x`]) await gate.fetch(address);
    expect(addresses).toEqual([`${here}/x?a`, `${here}/deep/x`, `${here}/x`]);
  });

  it('gives nothing to blob: and data: addresses', async () => {
    const { gate, sent } = setUp();
    const blob = URL.createObjectURL(new Blob(['b']));
    await gate.fetch(blob);
    await gate.fetch('data:text/plain,hi');
    URL.revokeObjectURL(blob);
    expect(sent.map(bearerOf)).toEqual([null, null]);
  });

  it('puts the token on the wire, through the real fetch', async () => {
    const seen: unknown[] = [];
    const { gate } = setUp({
      transport: (input, init) => {
        seen.push(new Headers(init?.headers).get('authorization'));
        return fetch(input, init);
      },
    });
    const response = await gate.fetch(window.location.href);
    expect([response.status, seen]).toEqual([200, ['Bearer secret']]);
    await expect(setUp({ transport: fetch }).gate.fetch(window.location.href)).resolves.toBeInstanceOf(
      Response,
    );
  });
});

describe('a Request in a page', () => {
  it.each([undefined, {}, { next: { revalidate: 1 } } as RequestInit])(
    'keeps what it was with init %j',
    async (init) => {
      const { gate, sent } = setUp();
      const controller = new AbortController();
      const request = new Request(`${here}/x`, {
        method: 'POST',
        body: 'b=1',
        cache: 'no-store',
        credentials: 'omit',
        mode: 'same-origin',
        redirect: 'error',
        referrer: `${here}/from`,
        referrerPolicy: 'no-referrer',
        signal: controller.signal,
        keepalive: true,
        headers: { 'X-A': '1' },
      });
      await gate.fetch(request, init);
      const [copy] = sent;
      expect(copy).toMatchObject({
        method: 'POST',
        cache: 'no-store',
        credentials: 'omit',
        mode: 'same-origin',
        redirect: 'error',
        referrer: `${here}/from`,
        referrerPolicy: 'no-referrer',
        keepalive: true,
      });
      expect([bearerOf(copy), copy?.headers.get('x-a'), await copy?.text()]).toEqual([
        'Bearer secret',
        '1',
        'b=1',
      ]);
      controller.abort('enough');
      expect([copy?.signal.aborted, copy?.signal.reason]).toEqual([true, 'enough']);
      expect(request.headers.has('authorization')).toBe(false);
    },
  );

  it('of another realm is a Request', async () => {
    const realm = await otherRealm();
    const { gate, sent } = setUp();
    const request = new realm.Request(`${here}/x`, { method: 'POST', body: 'b=1', headers: { 'X-A': '1' } });
    expect(request).not.toBeInstanceOf(Request);
    await gate.fetch(request);
    expect(sent[0]).toMatchObject({ method: 'POST', url: `${here}/x` });
    expect([bearerOf(sent[0]), sent[0]?.headers.get('x-a'), await sent[0]?.text()]).toEqual([
      'Bearer secret',
      '1',
      'b=1',
    ]);
  });

  it('of another realm with its own Authorization passes untouched', async () => {
    const realm = await otherRealm();
    const { gate, sent } = setUp();
    await gate.fetch(new realm.Request(`${here}/x`, { headers: { authorization: 'Basic x' } }));
    await gate.fetch(`${here}/x`, { headers: new realm.Headers({ authorization: 'Basic x' }) });
    await gate.fetch(`${here}/x`, { headers: new realm.Array(['authorization', 'Basic x']) as never });
    expect(sent.map(bearerOf)).toEqual(['Basic x', 'Basic x', 'Basic x']);
  });

  it('takes addresses and headers of another realm', async () => {
    const realm = await otherRealm();
    const { gate, sent } = setUp();
    await gate.fetch(new realm.URL(`${here}/x`), { headers: new realm.Headers({ 'X-A': '1' }) });
    await gate.fetch(new realm.URL('https://evil.test/x'));
    expect(sent.map(bearerOf)).toEqual(['Bearer secret', null]);
    expect(sent[0]?.headers.get('x-a')).toBe('1');
  });
});
