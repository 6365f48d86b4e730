import { describe, expect, it, vi } from 'vitest';
import { SessionError } from '../../../src/errors/sessionError.ts';
import { retryCopyOf } from '../../../src/gate/outgoing.ts';
import { readInstant } from '../../../src/time/clock.ts';
import { API, code, redirected, setUpGate, stopped, unauthorized, watch } from './gateHarness.ts';

const OTHER = 'https://other.example.com';
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
    expect(sent[1]).toMatchObject({ input: `${API}/x`, authorization: 'Bearer token-1.2' });
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

  it('clones a Request only where it has a body that a repeat would need', async () => {
    const { gate } = signedIn();
    const clone = vi.spyOn(Request.prototype, 'clone');
    watch(gate.fetch(new Request(`${API}/x`)));
    expect(clone).not.toHaveBeenCalled();
    watch(gate.fetch(new Request(`${API}/x`, { method: 'POST', body: 'b' })));
    expect(clone).toHaveBeenCalledTimes(1);
    clone.mockRestore();
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

  it('is answered by a repeat where the transport has other streams than `fetch`, as node-fetch has', async () => {
    const { gate, clock, renewed, network, sent } = signedIn();
    const passed = network.answer;
    const refusal = { status: 401, headers: new Headers(), body: {} } as unknown as Response;
    network.answer = (each) => (sent.length === 1 ? refusal : passed(each));
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    renewed(2);
    await clock.advance(0);
    expect([call.value?.status, sent]).toEqual([200, [expect.anything(), expect.anything()]]);
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
    gate.stop(stopped);
    await clock.advance(0);
    expect(waiting.error).toEqual(code('session_stopped'));

    const late = signedIn();
    const call = watch(late.gate.fetch(`${API}/x`));
    late.gate.stop(stopped);
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

describe('an endpoint that refuses the renewed token too', () => {
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

  it('is not believed for an answer of an overloaded server', async () => {
    const { gate, session, clock, network } = await distrusted();
    await clock.advance(100_000);
    const refuse = network.answer;
    network.answer = () => new Response('', { status: 503 });
    await gate.fetch(`${API}/x`);
    network.answer = refuse;
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect([call.value?.status, session.asked]).toEqual([401, [1]]);
  });

  it('is believed again for an answer about something else', async () => {
    const { gate, session, clock, network } = await distrusted();
    await clock.advance(100_000);
    const refuse = network.answer;
    network.answer = () => new Response('', { status: 499 });
    await gate.fetch(`${API}/x`);
    network.answer = refuse;
    watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect(session.asked).toEqual([1, 2]);
  });

  it('is disbelieved whatever its query, and for its method and path alone', async () => {
    const { gate, session, clock, network } = await distrusted();
    await clock.advance(100_000);
    network.answer = () => unauthorized();
    const same = [
      watch(gate.fetch(`${API}/x?again`)),
      watch(gate.fetch(new Request(`${API}/x#there`))),
      watch(gate.fetch(`${API}/x`, { method: 'get' })),
    ];
    await clock.advance(0);
    expect([same.map(({ value }) => value?.status), session.asked]).toEqual([[401, 401, 401], [1]]);
    const other = watch(gate.fetch(`${API}/x`, { method: 'post' }));
    await clock.advance(0);
    expect([other.isSettled, session.asked]).toEqual([false, [1, 2]]);
  });

  it.each([`${API}/y`, `${OTHER}/x`])('says nothing about %s', async (address) => {
    const { gate, session, clock, network } = await distrusted();
    await clock.advance(100_000);
    network.answer = () => unauthorized();
    const call = watch(gate.fetch(address));
    await clock.advance(0);
    expect([call.isSettled, session.asked]).toEqual([false, [1, 2]]);
  });

  it('stays so whatever other endpoints of its origin accept', async () => {
    const { gate, session, clock, network } = await distrusted();
    await clock.advance(100_000);
    const refuse = network.answer;
    network.answer = ({ url }) => (url.endsWith('/x') ? unauthorized() : new Response('ok'));
    await gate.fetch(`${API}/y`);
    network.answer = refuse;
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect([call.value?.status, session.asked]).toEqual([401, [1]]);
  });

  it.each([
    ['remembered where 999', 999, [1]],
    ['forgotten where 1000', 1000, [1, 2]],
  ])('is %s others came after it', async (_, others, asked) => {
    const { gate, session, clock } = await distrusted();
    for (let page = 0; page < others; page++) await gate.fetch(`${API}/pages/${page}`);
    await clock.advance(100_000);
    watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect(session.asked).toEqual(asked);
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
    await clock.advance(100_000);
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

describe('a 401 that speaks of something else', () => {
  it.each([
    'Basic realm="x"',
    'Bearer error="insufficient_user_authentication", acr_values="gold"',
    'Basic realm="Bearer, x", DPoP error="invalid_token"',
  ])('is handed through: %s', async (challenges) => {
    const { gate, session, clock, network } = signedIn();
    network.answer = () => unauthorized('no', challenges);
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect([call.value?.status, session.asked]).toEqual([401, []]);
  });

  it('of an older token is handed through as well', async () => {
    const { gate, clock, network, renewed, sent } = signedIn();
    network.answer = () => unauthorized('no', 'Basic');
    const call = watch(gate.fetch(`${API}/x`));
    renewed(2);
    await clock.advance(0);
    expect([call.value?.status, sent.length]).toEqual([401, 1]);
  });

  it('does not keep one that speaks of the token from being heard', async () => {
    const { gate, session, clock, network } = signedIn();
    network.answer = ({ url }) =>
      unauthorized('no', url.endsWith('/x') ? 'Basic' : 'Bearer error="invalid_token"');
    await gate.fetch(`${API}/x`);
    watch(gate.fetch(`${API}/y`));
    await clock.advance(0);
    expect(session.asked).toEqual([1]);
  });
});

describe('the 401s of one origin', () => {
  const refusing = async () => {
    const set = signedIn(99);
    const first = watch(set.gate.fetch(`${API}/first`));
    await set.clock.advance(0);
    set.renewed(2);
    await set.clock.advance(0);
    expect([first.value?.status, set.session.asked]).toEqual([401, [1]]);
    return set;
  };

  it('renew once in a third of the token’s life', async () => {
    const { gate, session, clock } = await refusing();
    await clock.advance(99_999);
    const early = watch(gate.fetch(`${API}/second`));
    await clock.advance(0);
    expect([early.value?.status, session.asked]).toEqual([401, [1]]);
    await clock.advance(1);
    watch(gate.fetch(`${API}/third`));
    await clock.advance(0);
    expect(session.asked).toEqual([1, 2]);
  });

  it('leave the others theirs', async () => {
    const { gate, session, clock } = await refusing();
    const other = watch(gate.fetch(`${OTHER}/x`));
    await clock.advance(0);
    expect([other.isSettled, session.asked]).toEqual([false, [1, 2]]);
  });

  it('share one renewal with those of another', async () => {
    const { gate, session, clock, renewed } = signedIn();
    const calls = [watch(gate.fetch(`${API}/x`)), watch(gate.fetch(`${OTHER}/x`))];
    await clock.advance(0);
    expect(session.asked).toEqual([1]);
    renewed(2);
    await clock.advance(0);
    expect(calls.map(({ value }) => value?.status)).toEqual([200, 200]);
  });

  it('join the renewal under way, whoever was accepted meanwhile', async () => {
    const { gate, session, clock, network, renewed } = signedIn();
    const passed = network.answer;
    network.answer = (each) => (each.url.endsWith('/fine') ? new Response('ok') : passed(each));
    const answers: ((response: Response) => void)[] = [];
    const slow = network.answer;
    network.answer = (each) =>
      each.url.endsWith('/slow') && answers.length < 2
        ? new Promise((resolve) => answers.push(resolve))
        : slow(each);
    const late = [watch(gate.fetch(`${API}/slow`)), watch(gate.fetch(`${API}/slow`))];
    watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    answers[0]?.(new Response('ok'));
    await clock.advance(0);
    const fine = watch(gate.fetch(`${API}/fine`));
    await clock.advance(0);
    expect(fine.value?.status).toBe(200);
    answers[1]?.(unauthorized());
    await clock.advance(0);
    const held = watch(gate.fetch(`${API}/fine`));
    await clock.advance(0);
    expect([late[1]?.isSettled, held.isSettled, session.asked]).toEqual([false, false, [1]]);
    renewed(2);
    await clock.advance(0);
    expect([late[1]?.value?.status, held.value?.status]).toEqual([200, 200]);
  });
});

describe('a token that one API refused, and that is still fresh', () => {
  const refusedOnce = async (options = {}) => {
    const set = signedIn(2, options);
    const call = watch(set.gate.fetch(`${API}/x`));
    await set.clock.advance(0);
    set.network.answer = () => new Response('ok');
    return { ...set, call };
  };

  it('is used again once the renewal failed', async () => {
    const { gate, session, clock, tokens } = await refusedOnce();
    const held = watch(gate.fetch(`${API}/y`));
    await clock.advance(0);
    expect(held.isSettled).toBe(false);
    session.failure = new SessionError('provider_unavailable', 'down');
    session.changed();
    await clock.advance(0);
    expect(held.value?.status).toBe(200);
    expect((await gate.fetch(`${API}/z`)).status).toBe(200);
    expect(tokens()).toEqual(['1.1', '1.1', '1.1']);
  });

  it('is used again where nothing is heard of the renewal', async () => {
    const { gate, clock, call } = await refusedOnce();
    await clock.advance(4000);
    const held = watch(gate.fetch(`${API}/y`));
    await clock.advance(3999);
    expect([call.isSettled, held.isSettled]).toEqual([false, false]);
    await clock.advance(1);
    expect(call.value?.status).toBe(401);
    expect((await gate.fetch(`${API}/z`)).status).toBe(200);
    await clock.advance(4000);
    expect(held.value?.status).toBe(200);
  });

  it('is used while the user is away', async () => {
    const { gate, clock, call, become } = await refusedOnce();
    const held = watch(gate.fetch(`${API}/y`));
    become('idle');
    await clock.advance(0);
    expect([call.value?.status, held.value?.status]).toEqual([401, 200]);
    expect((await gate.fetch(`${API}/z`)).status).toBe(200);
  });

  it('is used while the user is away, where requests would be held for a lapsed one', async () => {
    const { clock, call, become } = await refusedOnce({ idleRequests: 'hold' });
    become('idle');
    await clock.advance(0);
    expect(call.value?.status).toBe(401);
  });

  it('that nobody signed in to stays with its epoch', async () => {
    const { gate, end, fill, become } = await refusedOnce();
    end();
    fill(1, { epoch: 2 });
    become('signedIn');
    expect((await gate.fetch(`${API}/y`)).status).toBe(200);
  });
});

it('a 401 without a body is repeated as any other', async () => {
  const { gate, clock, network, renewed, sent } = signedIn();
  network.answer = () => (sent.length === 1 ? unauthorized(null) : new Response('ok'));
  const call = watch(gate.fetch(`${API}/x`));
  await clock.advance(0);
  renewed(2);
  await clock.advance(0);
  expect([call.error, call.value?.status]).toEqual([undefined, 200]);
});

it('an opaque answer takes back no refusal and is shown to nobody', async () => {
  const shown: number[] = [];
  const { gate, clock, network, session } = signedIn(2, {
    onAnswer: ({ status }: Response) => void shown.push(status),
  });
  let answer: (response: Response) => void = () => undefined;
  network.answer = ({ url }) =>
    url.endsWith('opaque') ? new Promise((resolve) => (answer = resolve)) : unauthorized();
  const opaque = watch(gate.fetch(`${API}/opaque`));
  watch(gate.fetch(`${API}/x`));
  await clock.advance(0);
  answer(Response.error());
  await clock.advance(0);
  const held = watch(gate.fetch(`${API}/y`));
  await clock.advance(0);
  expect([opaque.isSettled, held.isSettled, shown, session.asked]).toEqual([true, false, [], [1]]);
});

it('answers are shown with their bearer and when the call was handed over, but no 401', async () => {
  const shown: unknown[] = [];
  const { gate, clock, network, vault, sent, renewed } = signedIn(2, {
    onAnswer: ({ status }: Response, bearer: unknown, sentAt: unknown) =>
      shown.push([status, bearer, sentAt]),
  });
  let answer: (response: Response) => void = () => undefined;
  network.answer = () => (sent.length === 1 ? unauthorized() : new Promise((resolve) => (answer = resolve)));
  watch(gate.fetch(`${API}/x`));
  await clock.advance(50);
  const sentAt = readInstant(clock);
  renewed(2);
  await clock.advance(30);
  answer(new Response('ok'));
  await clock.advance(0);
  expect(shown).toEqual([[200, vault.bearer(), sentAt]]);
});

it.each<[string, unknown]>([
  ['a stream that cannot be iterated (Safari)', { getReader() {} }],
  ['an iterable that is no stream (Node)', { async *[Symbol.asyncIterator]() {} }],
])('the body of a call is not sent again where it is %s', (_, body) => {
  const call = { origin: API, target: `${API}/x`, trace: undefined };
  expect(retryCopyOf({ ...call, init: { method: 'POST', body: body as BodyInit } })).toBeUndefined();
});
