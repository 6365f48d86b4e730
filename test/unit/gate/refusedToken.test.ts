import { describe, expect, it } from 'vitest';
import { SessionError } from '../../../src/errors/sessionError.ts';
import { API, redirected, setUpGate, unauthorized, watch } from './gateHarness.ts';

const OTHER = 'https://other.example.com';
const code = (value: string) => expect.objectContaining({ name: 'SessionError', code: value });

/** An API that accepts one generation and those after it. */
const signedIn = (accepts = 2, options = {}) => {
  const set = setUpGate({ origins: [API, OTHER], ...options });
  const api = { accepts };
  set.fill(1);
  set.network.answer = ({ authorization }) =>
    Number(authorization?.split('.')[1]) >= api.accepts ? new Response('ok') : unauthorized();
  const tokens = () => set.sent.map(({ authorization }) => authorization?.slice('Bearer token-'.length));
  return { ...set, api, tokens };
};

describe('a 401 to the current token', () => {
  it('asks for a renewal with its generation and repeats once', async () => {
    const { gate, session, clock, renewed, tokens } = signedIn();
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect([call.isSettled, session.asked]).toEqual([false, [1]]);
    renewed(2);
    await clock.advance(0);
    expect(call.value?.status).toBe(200);
    expect(tokens()).toEqual(['1.1', '1.2']);
    expect([session.listeners.size, clock.pendingTimers]).toEqual([0, 0]);
  });

  it('asks once, however many requests it hit', async () => {
    const { gate, session, clock, renewed } = signedIn();
    const calls = Array.from({ length: 50 }, () => watch(gate.fetch(`${API}/x`)));
    await clock.advance(10);
    calls.push(watch(gate.fetch(`${API}/later`)));
    await clock.advance(10);
    expect(session.asked).toEqual([1]);
    renewed(2);
    await clock.advance(0);
    expect(calls.map(({ value }) => value?.status)).toEqual(calls.map(() => 200));
  });

  it('makes the token stale for that origin alone', async () => {
    const { gate, clock, sent, network } = signedIn();
    network.answer = ({ url }) => (url.startsWith(API) ? unauthorized() : new Response('ok'));
    watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    const held = watch(gate.fetch(`${API}/y`));
    const passed = watch(gate.fetch(`${OTHER}/x`));
    await clock.advance(0);
    expect([held.isSettled, passed.value?.status]).toEqual([false, 200]);
    expect(sent.map(({ url }) => url)).toEqual([`${API}/x`, `${OTHER}/x`]);
  });

  it.each<[string, () => RequestInit]>([
    ['no body', () => ({})],
    ['a string', () => ({ method: 'POST', body: 'b=1' })],
    ['parameters', () => ({ method: 'POST', body: new URLSearchParams({ b: '1' }) })],
    ['a Blob', () => ({ method: 'POST', body: new Blob(['b=1']) })],
    ['bytes', () => ({ method: 'POST', body: new TextEncoder().encode('b=1') })],
  ])('repeats a call with %s', async (_, make) => {
    const { gate, clock, renewed, sent } = signedIn();
    const init = make();
    const call = watch(gate.fetch(`${API}/x`, init));
    await clock.advance(0);
    renewed(2);
    await clock.advance(0);
    expect(call.value?.status).toBe(200);
    const bodies = await Promise.all(sent.map(({ request }) => request.text()));
    expect(bodies).toEqual(init.body ? ['b=1', 'b=1'] : ['', '']);
    expect(sent.map(({ request }) => request.headers.get('authorization'))).toEqual([
      'Bearer token-1.1',
      'Bearer token-1.2',
    ]);
  });

  it.each<[string, HeadersInit]>([
    ['a record', { a: '1' }],
    ['an array', [['a', '1']]],
    ['Headers', new Headers({ a: '1' })],
  ])('repeats with the new token alone where headers were %s', async (_, headers) => {
    const { gate, clock, renewed, sent } = signedIn();
    watch(gate.fetch(`${API}/x`, { headers }));
    await clock.advance(0);
    renewed(2);
    expect(sent[1]?.authorization).toBe('Bearer token-1.2');
    expect(sent[1]?.request.headers.get('a')).toBe('1');
  });

  it('repeats a Request, body and all, from a copy', async () => {
    const { gate, clock, renewed, sent } = signedIn();
    const request = new Request(`${API}/x`, { method: 'POST', body: 'b=1' });
    const bodiless = new Request(`${API}/y`, { headers: { a: '1' } });
    const calls = [watch(gate.fetch(request)), watch(gate.fetch(bodiless))];
    await clock.advance(0);
    renewed(2);
    await clock.advance(0);
    expect(calls.map(({ value }) => value?.status)).toEqual([200, 200]);
    const bodies = await Promise.all(sent.map(({ request: each }) => each.text()));
    expect(bodies).toEqual(['b=1', '', 'b=1', '']);
    expect(sent.map(({ request: each }) => each.headers.get('a'))).toEqual([null, '1', null, '1']);
    expect(new Set(sent.map(({ input }) => input)).size).toBe(4);
    expect([request, bodiless].map(({ headers }) => headers.has('authorization'))).toEqual([false, false]);
  });

  it('frees the connection of the answer that nobody will read', async () => {
    const { gate, clock, renewed, network, sent } = signedIn();
    const passed = network.answer;
    let isCancelled = false;
    const body = new ReadableStream({ cancel: () => void (isCancelled = true) });
    network.answer = (each) => (sent.length === 1 ? new Response(body, { status: 401 }) : passed(each));
    watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect(isCancelled).toBe(false);
    renewed(2);
    await clock.advance(0);
    expect(isCancelled).toBe(true);
  });

  it('is handed through where the body was a stream, and still renews', async () => {
    const { gate, session, clock } = signedIn();
    const body = new Blob(['b']).stream();
    const call = watch(gate.fetch(`${API}/x`, { method: 'POST', body, duplex: 'half' } as RequestInit));
    await clock.advance(0);
    expect([call.value?.status, session.asked]).toEqual([401, [1]]);
  });

  it('is handed through unread where the renewal fails', async () => {
    const { gate, session, clock, network } = signedIn();
    const response = unauthorized('the reason');
    network.answer = () => response;
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    session.failure = new SessionError('network_failed', 'offline');
    session.changed();
    await clock.advance(0);
    expect(call.value).toBe(response);
    expect(await response.text()).toBe('the reason');
  });

  it('is not repeated with the token it refused, even if that was accepted elsewhere meanwhile', async () => {
    const { gate, session, clock, renewed, network, sent, tokens } = signedIn();
    const passed = network.answer;
    let accept: (response: Response) => void = () => undefined;
    network.answer = (each) =>
      sent.length === 1 ? new Promise((resolve) => (accept = resolve)) : passed(each);
    watch(gate.fetch(`${API}/slow`));
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    accept(new Response('ok'));
    await clock.advance(0);
    session.changed();
    await clock.advance(0);
    expect([call.isSettled, tokens()]).toEqual([false, ['1.1', '1.1']]);
    renewed(2);
    await clock.advance(0);
    expect([call.value?.status, tokens().length]).toEqual([200, 3]);
  });

  it('is handed through where the renewal takes too long', async () => {
    const { gate, clock } = signedIn();
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(7999);
    expect(call.isSettled).toBe(false);
    await clock.advance(1);
    expect(call.value?.status).toBe(401);
  });

  it('does not mistake an earlier failure for that of its own renewal', async () => {
    const { gate, session, clock, renewed } = signedIn();
    session.failure = new SessionError('network_failed', 'an hour ago');
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    session.changed();
    expect(call.isSettled).toBe(false);
    renewed(2);
    await clock.advance(0);
    expect(call.value?.status).toBe(200);
  });

  it('is handed through while the user is away, and renews nothing', async () => {
    const { gate, session, clock } = signedIn();
    session.phase = 'idle';
    const calls = [watch(gate.fetch(`${API}/x`)), watch(gate.fetch(`${API}/x`))];
    await clock.advance(0);
    expect(calls.map(({ value }) => value?.status)).toEqual([401, 401]);
    expect(session.asked).toEqual([]);
  });

  it('is handed through where the user turns out to be away', async () => {
    const { gate, become, clock } = signedIn();
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    become('idle');
    await clock.advance(0);
    expect(call.value?.status).toBe(401);
  });

  it('renews while away where the app chose so', async () => {
    const { gate, session, clock } = signedIn(2, { idleRequests: 'renew' });
    session.phase = 'idle';
    watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect(session.asked).toEqual([1]);
  });

  it('ends with the session that it belonged to', async () => {
    const { gate, clock, end, fill, become, tokens } = signedIn();
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    end();
    fill(5, { epoch: 2 });
    become('signedIn');
    await clock.advance(0);
    expect(call.error).toEqual(code('session_ended'));
    expect(tokens()).toEqual(['1.1']);
  });

  it('ends with the caller’s abort', async () => {
    const { gate, clock } = signedIn();
    const controller = new AbortController();
    const call = watch(gate.fetch(new Request(`${API}/x`, { signal: controller.signal })));
    await clock.advance(0);
    controller.abort('enough');
    await clock.advance(0);
    expect(call.error).toBe('enough');
  });

  it('after stop is handed through; one that waits is not', async () => {
    const { gate, clock } = signedIn();
    const waiting = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    gate.stop();
    await clock.advance(0);
    expect(waiting.error).toEqual(code('session_stopped'));

    const late = signedIn();
    const call = watch(late.gate.fetch(`${API}/x`));
    late.gate.stop();
    await late.clock.advance(0);
    expect(call.value?.status).toBe(401);
  });
});

describe('a 401 to an older token', () => {
  const overtaken = () => {
    const set = signedIn();
    let answer: (response: Response) => void = () => undefined;
    const passed = set.network.answer;
    set.network.answer = (sent) =>
      set.sent.length === 1 ? new Promise((resolve) => (answer = resolve)) : passed(sent);
    return { ...set, answerFirst: () => answer(unauthorized()) };
  };

  it('is repeated with the current one, without a renewal', async () => {
    const { gate, clock, session, renewed, answerFirst, tokens } = overtaken();
    const call = watch(gate.fetch(`${API}/x`));
    renewed(2);
    answerFirst();
    await clock.advance(0);
    expect(call.value?.status).toBe(200);
    expect([tokens(), session.asked]).toEqual([['1.1', '1.2'], []]);
  });

  it('waits where the current one has lapsed meanwhile', async () => {
    const { gate, clock, session, renewed, answerFirst, tokens } = overtaken();
    const call = watch(gate.fetch(`${API}/x`));
    renewed(2);
    await clock.advance(400_000);
    answerFirst();
    await clock.advance(0);
    expect([call.isSettled, session.asked]).toEqual([false, [undefined]]);
    renewed(3);
    await clock.advance(0);
    expect([call.value?.status, tokens()]).toEqual([200, ['1.1', '1.3']]);
  });

  it('ends with a typed error where its session has ended', async () => {
    const { gate, clock, end, fill, answerFirst, tokens } = overtaken();
    const call = watch(gate.fetch(`${API}/x`));
    end();
    fill(1, { epoch: 2 });
    answerFirst();
    await clock.advance(0);
    expect(call.error).toEqual(code('session_ended'));
    expect(tokens()).toEqual(['1.1']);
  });

  it('whose repeat is refused too renews for those that follow', async () => {
    const { gate, clock, session, renewed, answerFirst, api } = overtaken();
    api.accepts = 3;
    const call = watch(gate.fetch(`${API}/x`));
    renewed(2);
    answerFirst();
    await clock.advance(0);
    expect([call.value?.status, session.asked]).toEqual([401, [2]]);
    const next = watch(gate.fetch(`${API}/x`));
    renewed(3);
    await clock.advance(0);
    expect(next.value?.status).toBe(200);
  });
});

describe('an origin that refuses the renewed token too', () => {
  const distrusted = async () => {
    const set = signedIn(99);
    const call = watch(set.gate.fetch(`${API}/x`));
    await set.clock.advance(0);
    set.renewed(2);
    await set.clock.advance(0);
    expect([call.value?.status, set.session.asked]).toEqual([401, [1]]);
    return set;
  };

  it('has its 401s passed on from then', async () => {
    const { gate, session, clock, tokens } = await distrusted();
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect([call.value?.status, session.asked, tokens().length]).toEqual([401, [1], 3]);
  });

  it('stays disbelieved through later generations', async () => {
    const { gate, session, clock, renewed } = await distrusted();
    renewed(3);
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect([call.value?.status, session.asked]).toEqual([401, [1]]);
  });

  it('is believed again once it has accepted a token', async () => {
    const { gate, session, clock, api } = await distrusted();
    api.accepts = 2;
    await gate.fetch(`${API}/x`);
    api.accepts = 3;
    watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect(session.asked).toEqual([1, 2]);
  });

  it('is believed again once somebody signs in', async () => {
    const { gate, session, clock, end, fill, become } = await distrusted();
    end();
    fill(1, { epoch: 2 });
    become('signedIn');
    watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect(session.asked).toEqual([1, 1]);
  });
});

describe('a late answer to an older token', () => {
  it('does not make the one fresh that was refused since', async () => {
    const { gate, session, clock, renewed, network, sent, tokens } = signedIn(99);
    const passed = network.answer;
    let accept: (response: Response) => void = () => undefined;
    network.answer = (each) =>
      sent.length === 1 ? new Promise((resolve) => (accept = resolve)) : passed(each);
    watch(gate.fetch(`${API}/slow`));
    renewed(2);
    watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    accept(new Response('ok'));
    await clock.advance(0);
    const next = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect([next.isSettled, tokens(), session.asked]).toEqual([false, ['1.1', '1.2'], [2]]);
  });
});

describe('a redirected answer', () => {
  it('is no evidence against a token', async () => {
    const { gate, session, clock, network } = signedIn();
    network.answer = () => redirected(unauthorized());
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect([call.value?.status, session.asked]).toEqual([401, []]);
  });

  it('is none for it either', async () => {
    const { gate, session, clock, renewed, network } = signedIn(99);
    watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    renewed(2);
    await clock.advance(0);
    const refuse = network.answer;
    network.answer = () => redirected(new Response('ok'));
    await gate.fetch(`${API}/x`);
    network.answer = refuse;
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect([call.value?.status, session.asked]).toEqual([401, [1]]);
  });
});
