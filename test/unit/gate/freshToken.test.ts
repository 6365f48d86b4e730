import { afterEach, describe, expect, it, vi } from 'vitest';
import { API, setUpGate, stopped } from './gateHarness.ts';

const signedIn = (options = {}) => {
  const set = setUpGate(options);
  set.fill();
  return set;
};

describe('with a fresh token', () => {
  it('hands the request to the transport in the same turn', () => {
    const { gate, sent } = signedIn();
    void gate.fetch(`${API}/x`);
    expect(sent).toMatchObject([{ url: `${API}/x`, authorization: 'Bearer token-1.1' }]);
  });

  it('asks the session for nothing', async () => {
    const { gate, session, clock } = signedIn();
    await gate.fetch(`${API}/x`);
    expect(session).toMatchObject({ starts: 0, asked: [] });
    expect([session.listeners.size, clock.pendingTimers]).toEqual([0, 0]);
  });

  it('passes the very response on', async () => {
    const { gate, network } = signedIn();
    const response = new Response('here');
    network.answer = () => response;
    expect(await gate.fetch(`${API}/x`)).toBe(response);
  });

  it('passes the very error on', async () => {
    const { gate, network } = signedIn();
    const error = new TypeError('Failed to fetch');
    network.answer = () => Promise.reject(error);
    await expect(gate.fetch(`${API}/x`)).rejects.toBe(error);
  });

  it('calls the transport without a receiver', async () => {
    const receivers: unknown[] = [];
    const transport = async function (this: unknown) {
      receivers.push(this);
      return new Response();
    };
    await signedIn({ transport }).gate.fetch(`${API}/x`);
    expect(receivers).toEqual([undefined]);
  });

  it('rejects where a transport throws', async () => {
    const transport = () => {
      throw new RangeError('odd');
    };
    await expect(signedIn({ transport }).gate.fetch(`${API}/x`)).rejects.toThrow('odd');
  });

  it('stays fresh until strictly more than the margin is left, on both clocks', () => {
    const { gate, clock } = signedIn();
    clock.suspend(288_999);
    expect(gate.peekAccessToken()).toBe('token-1.1');
    clock.suspend(1);
    expect(gate.peekAccessToken()).toBeUndefined();
  });

  it('is not made fresh by sleep or a wall clock set back', () => {
    const asleep = signedIn();
    asleep.clock.sleep(289_000);
    expect(asleep.gate.peekAccessToken()).toBeUndefined();
    const setBack = signedIn();
    setBack.clock.suspend(289_000);
    setBack.clock.jumpWall(-289_000);
    expect(setBack.gate.peekAccessToken()).toBeUndefined();
  });
});

describe('headers', () => {
  const shapes: [string, () => HeadersInit][] = [
    ['a record', () => ({ 'X-A': '1' })],
    ['an array', () => [['X-A', '1']]],
    ['Headers', () => new Headers({ 'X-A': '1' })],
    ['a Map', () => new Map([['X-A', '1']]) as unknown as HeadersInit],
  ];

  it.each(shapes)('in %s are kept, and the caller’s own stay as they are', async (_, make) => {
    const { gate, sent } = signedIn();
    const headers = make();
    const init = { method: 'POST', body: 'b', headers };
    await gate.fetch(`${API}/x`, init);
    expect(sent[0]?.request.headers.get('x-a')).toBe('1');
    expect(sent[0]?.authorization).toBe('Bearer token-1.1');
    expect(init).toEqual({ method: 'POST', body: 'b', headers: make() });
    expect(init.headers).toBe(headers);
    expect(new Headers(headers).has('authorization')).toBe(false);
  });

  it('in a record go as a record, which is cheapest', async () => {
    const { gate, sent } = signedIn();
    await gate.fetch(`${API}/x`, { headers: { 'X-A': '1' } });
    expect(sent[0]?.init?.headers).toEqual({ 'X-A': '1', Authorization: 'Bearer token-1.1' });
  });

  const own: [string, HeadersInit][] = [
    ['a record', { AUTHORIZATION: 'Basic x' }],
    [
      'an array',
      [
        ['x', 'y'],
        ['aUthorization', 'Basic x'],
      ],
    ],
    ['Headers', new Headers({ authorization: 'Basic x' })],
    ['a Map', new Map([['authorizatioN', 'Basic x']]) as unknown as HeadersInit],
  ];

  it.each(own)('with an Authorization in %s pass untouched, in every state', async (_, headers) => {
    const { gate, sent, session, vault } = signedIn();
    const init = { headers };
    await gate.fetch(`${API}/x`, init);
    vault.wipe();
    session.phase = 'signedOut';
    await gate.fetch(`${API}/x`, init);
    gate.stop(stopped);
    await gate.fetch(`${API}/x`, init);
    expect(sent.map((each) => each.authorization)).toEqual(['Basic x', 'Basic x', 'Basic x']);
    expect(sent.every((each) => each.init === init)).toBe(true);
    expect(session.starts).toBe(0);
  });

  it.each(['If-None-Match', 'Last-Modified'])(
    'with another name of 13 letters, %s, get the token',
    async (name) => {
      const { gate, sent } = signedIn();
      await gate.fetch(`${API}/x`, { headers: { [name]: 'x' } });
      expect(name).toHaveLength('Authorization'.length);
      expect(sent[0]?.authorization).toBe('Bearer token-1.1');
    },
  );

  it('that inherit an Authorization, which fetch does not send, get the token', async () => {
    const { gate, sent } = signedIn();
    await gate.fetch(`${API}/x`, { headers: Object.create({ authorization: 'Basic x' }) as HeadersInit });
    expect(sent[0]?.authorization).toBe('Bearer token-1.1');
  });

  it('of a Request with its own Authorization pass untouched', async () => {
    const { gate, sent } = signedIn();
    const request = new Request(`${API}/x`, { headers: { authorization: 'Basic x' } });
    await gate.fetch(request);
    expect(sent[0]?.input).toBe(request);
  });

  it('in init replace those of a Request, its Authorization too', async () => {
    const { gate, sent } = signedIn();
    const request = new Request(`${API}/x`, { headers: { authorization: 'Basic x', 'X-A': '1' } });
    await gate.fetch(request, { headers: { 'X-B': '2' } });
    expect(sent[0]?.authorization).toBe('Bearer token-1.1');
    expect([...(sent[0]?.request.headers.keys() ?? [])]).toEqual(['authorization', 'x-b']);
  });

  it('in init with an Authorization leave a Request untouched', async () => {
    const { gate, sent } = signedIn();
    const request = new Request(`${API}/x`);
    await gate.fetch(request, { headers: { Authorization: 'Basic x' } });
    expect(sent[0]).toMatchObject({ input: request, authorization: 'Basic x' });
  });

  const pairs = { 'x-a': '1', 'x-b': '2' };
  const onces: [string, (of: Record<string, string>) => unknown][] = [
    ['an iterator', (of) => new Map(Object.entries(of)).entries()],
    [
      'a generator',
      function* (of) {
        yield* Object.entries(of);
      },
    ],
  ];

  it.each(onces)('in %s, which can be read once only, are sent whole', async (_, make) => {
    const { gate, sent } = signedIn();
    const headers = () => make(pairs) as HeadersInit;
    await gate.fetch(`${API}/x`, { method: 'PUT', body: 'b', headers: headers() });
    await gate.fetch(`${API}/x`, Object.create({}, { headers: { value: headers() } }) as RequestInit);
    for (const { request } of sent)
      expect(Object.fromEntries(request.headers)).toMatchObject({
        ...pairs,
        authorization: 'Bearer token-1.1',
      });
    expect(sent[0]?.request.method).toBe('PUT');
  });

  it.each(onces)('with an Authorization in %s keep it', async (_, make) => {
    const { gate, sent } = signedIn();
    await gate.fetch(`${API}/x`, { headers: make({ authorization: 'Basic x', ...pairs }) as HeadersInit });
    expect(Object.fromEntries(sent[0]!.request.headers)).toEqual({ authorization: 'Basic x', ...pairs });
  });
});

describe('a Request', () => {
  it('is copied: the caller’s own never carries the token', async () => {
    const { gate, sent } = signedIn();
    const request = new Request(`${API}/x`, { headers: { 'X-A': '1' } });
    await gate.fetch(request);
    expect(sent[0]).toMatchObject({ authorization: 'Bearer token-1.1' });
    expect(sent[0]?.input).not.toBe(request);
    expect(request.headers.has('authorization')).toBe(false);
  });

  it('keeps method, body, headers and an init without headers', async () => {
    const { gate, sent } = signedIn();
    const request = new Request(`${API}/x`, {
      method: 'PUT',
      body: '{"a":1}',
      headers: { 'Content-Type': 'application/json' },
    });
    const init = { redirect: 'error', next: { tags: ['x'] } } as RequestInit;
    await gate.fetch(request, init);
    expect(sent[0]?.init).toBe(init);
    expect(sent[0]?.request).toMatchObject({ method: 'PUT', redirect: 'error' });
    expect(sent[0]?.request.headers.get('content-type')).toBe('application/json');
    expect(await sent[0]?.request.text()).toBe('{"a":1}');
  });

  it('in place of init keeps all that it says', async () => {
    const { gate, sent } = signedIn();
    const init = new Request('https://elsewhere.example.com/', {
      method: 'PUT',
      body: '{"a":1}',
      headers: { 'X-A': '1' },
      redirect: 'error',
    });
    await gate.fetch(`${API}/x`, init);
    expect(sent[0]).toMatchObject({ url: `${API}/x`, authorization: 'Bearer token-1.1' });
    expect(sent[0]?.request).toMatchObject({ method: 'PUT', redirect: 'error' });
    expect(sent[0]?.request.headers.get('x-a')).toBe('1');
    expect(await sent[0]?.request.text()).toBe('{"a":1}');
    expect(init.headers.has('authorization')).toBe(false);
  });

  it('is not what has merely a url among its options', async () => {
    const { gate, sent } = signedIn();
    const init = { url: 'https://evil.test/', method: 'PUT', next: { tags: ['x'] } } as RequestInit;
    await gate.fetch(`${API}/x`, init);
    expect(sent).toMatchObject([{ url: `${API}/x`, init: { next: { tags: ['x'] } } }]);
    expect(sent[0]?.request.method).toBe('PUT');
  });

  it('made of options that are inherited keeps what they say', async () => {
    const { gate, sent } = signedIn();
    const init = Object.create({ method: 'PUT', body: 'b', headers: { 'X-A': '1' } }) as RequestInit;
    await gate.fetch(`${API}/x`, init);
    expect(sent[0]).toMatchObject({ url: `${API}/x`, authorization: 'Bearer token-1.1' });
    expect(sent[0]?.request.method).toBe('PUT');
    expect(sent[0]?.request.headers.get('x-a')).toBe('1');
    expect(await sent[0]?.request.text()).toBe('b');
  });

  it('takes options without a prototype', async () => {
    const { gate, sent } = signedIn();
    const init = Object.assign(Object.create(null) as object, { method: 'PUT', next: 1 });
    await gate.fetch(`${API}/x`, init);
    expect(sent[0]).toMatchObject({ authorization: 'Bearer token-1.1', init: { method: 'PUT', next: 1 } });
  });

  it('that was used already is refused as fetch refuses it', async () => {
    const { gate } = signedIn();
    const request = new Request(`${API}/x`, { method: 'POST', body: 'b' });
    await request.text();
    await expect(gate.fetch(request)).rejects.toThrow(TypeError);
  });

  it('that only looks like one gets no token', async () => {
    const { gate, sent } = signedIn();
    const fake = { url: `${API}/x`, headers: new Headers(), toString: () => 'https://evil.test/' };
    await gate.fetch(fake as unknown as Request);
    expect(sent).toMatchObject([{ url: 'https://evil.test/', authorization: null }]);
  });

  it('whose address was overwritten gets no token', async () => {
    const { gate, sent } = signedIn();
    const request = Object.defineProperty(new Request('https://evil.test/'), 'url', { value: `${API}/x` });
    await gate.fetch(request);
    expect(sent).toMatchObject([{ url: 'https://evil.test/', authorization: null }]);
  });
});

describe('an address', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('that is relative goes as the absolute one that was checked', async () => {
    vi.stubGlobal('location', { origin: 'https://app.example.com', href: 'https://app.example.com/w.js' });
    const { gate, session, renewed, sent, vault } = signedIn({ origins: ['self'] });
    await gate.fetch('/x?y');
    expect(sent[0]).toMatchObject({
      input: 'https://app.example.com/x?y',
      authorization: 'Bearer token-1.1',
    });
    await gate.fetch('z', new Request('https://elsewhere.example/', { method: 'PUT' }));
    expect(sent[1]).toMatchObject({ url: 'https://app.example.com/z', authorization: 'Bearer token-1.1' });
    vault.wipe();
    session.phase = 'signedIn';
    const call = gate.fetch('late');
    vi.stubGlobal('location', { origin: 'https://app.example.com', href: 'https://evil.test/' });
    renewed(2);
    await call;
    expect(sent[2]).toMatchObject({
      input: 'https://app.example.com/late',
      authorization: 'Bearer token-1.2',
    });
  });

  it('in a URL object is read once', async () => {
    const { gate, sent } = signedIn();
    const turns = [`${API}/x`, 'https://evil.test/'];
    const shifty = Object.assign(new URL(API), { toString: () => turns.shift() ?? 'https://evil.test/' });
    await gate.fetch(shifty);
    expect(sent).toMatchObject([{ url: `${API}/x`, authorization: 'Bearer token-1.1' }]);
  });

  it('of another origin passes untouched, in every state', async () => {
    const { gate, sent, session, vault } = signedIn();
    const url = new URL('https://elsewhere.example/');
    const init = { headers: { 'X-A': '1' } };
    await gate.fetch(url, init);
    vault.wipe();
    session.phase = 'loading';
    await gate.fetch(url, init);
    gate.stop(stopped);
    await gate.fetch(url, init);
    expect(sent.map(({ authorization }) => authorization)).toEqual([null, null, null]);
    expect(sent.every((each) => each.input === url && each.init === init)).toBe(true);
    expect(session.starts).toBe(0);
  });

  it('that cannot be a string rejects', async () => {
    const { gate } = signedIn();
    await expect(gate.fetch(Symbol('x') as unknown as string)).rejects.toThrow(TypeError);
    await expect(gate.fetch(Object.create(null) as URL)).rejects.toThrow(TypeError);
  });

  it('that is none is the transport’s to refuse', async () => {
    const { gate, session } = signedIn();
    await expect(gate.fetch('not an address')).rejects.toThrow(TypeError);
    await expect(gate.fetch(null as unknown as string)).rejects.toThrow(TypeError);
    expect(session.starts).toBe(0);
  });
});
