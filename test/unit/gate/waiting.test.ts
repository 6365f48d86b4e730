import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { SessionError } from '../../../src/errors/sessionError.ts';
import { API, code, setUpGate, stopped, watch } from './gateHarness.ts';

const formOf = (value: string): FormData => {
  const form = new FormData();
  form.set('b', value);
  form.set('file', new File(['content'], 'name.txt'));
  return form;
};

/** Kind and content, without the boundary that is new each time. */
const shownOf = async (request: Request | undefined) => {
  const [kind] = request?.headers.get('content-type')?.split(';') ?? [];
  return [kind, (await request?.text())?.replaceAll(/-{4,}\S+/g, '')];
};

describe('without a fresh token', () => {
  it('starts the session, asks once, waits and goes with the new token', async () => {
    const { gate, session, clock, sent, renewed } = setUpGate();
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(100);
    expect([call.isSettled, session.starts, session.asked]).toEqual([false, 1, [undefined]]);
    renewed(1);
    expect(sent).toMatchObject([{ authorization: 'Bearer token-1.1' }]);
    await clock.advance(0);
    expect(call.value).toBeInstanceOf(Response);
    expect([session.listeners.size, clock.pendingTimers]).toEqual([0, 0]);
  });

  it('goes even if the renewal is granted while it is being asked for', async () => {
    const { gate, session, sent, renewed } = setUpGate();
    session.onRenewal = () => renewed(1);
    await gate.fetch(`${API}/x`);
    expect(sent).toHaveLength(1);
    expect(session.listeners.size).toBe(0);
  });

  it('does not answer every change with another question', async () => {
    const { gate, session, clock } = setUpGate();
    session.onRenewal = () => session.changed();
    watch(gate.fetch(`${API}/x`));
    for (let turn = 0; turn < 5; turn++) {
      await clock.advance(10);
      session.changed();
    }
    expect(session.asked.length).toBeLessThanOrEqual(2);
  });

  it('asks once for all calls of a turn, and again for later ones', async () => {
    const { gate, session, clock } = setUpGate();
    for (let call = 0; call < 100; call++) watch(gate.fetch(`${API}/x`));
    expect(session.asked).toHaveLength(1);
    await clock.advance(1000);
    watch(gate.fetch(`${API}/x`));
    expect(session.asked).toHaveLength(2);
  });

  it('asks again where a renewal brought a token that lapsed before it was seen', async () => {
    const { gate, session, clock, fill } = setUpGate();
    watch(gate.fetch(`${API}/x`));
    fill(1, { expiresIn: 1 });
    session.changed();
    await clock.advance(0);
    expect(session.asked).toHaveLength(2);
  });

  it('ends by its own deadline, with the reason', async () => {
    const { gate, session, clock } = setUpGate();
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(5000);
    const later = watch(gate.fetch(`${API}/x`));
    session.failure = new SessionError('provider_unavailable', 'down');
    session.changed();
    await clock.advance(2999);
    expect(call.isSettled).toBe(false);
    await clock.advance(1);
    expect(call.error).toEqual(code('wait_timed_out'));
    expect(call.error).toMatchObject({ cause: session.failure, retryable: true });
    expect(later.isSettled).toBe(false);
    await clock.advance(5000);
    expect(later.error).toEqual(code('wait_timed_out'));
    expect([session.listeners.size, clock.pendingTimers]).toEqual([0, 0]);
  });

  it('never fails with a message that ky takes for the network’s', async () => {
    const { gate, become } = setUpGate();
    const call = watch(gate.fetch(`${API}/x`));
    become('signedOut');
    await Promise.resolve();
    expect((call.error as Error).message).not.toMatch(/fetch failed|failed to fetch/i);
    expect(call.error).not.toBeInstanceOf(TypeError);
  });

  it('sends what the call was, not what its objects became while it waited', async () => {
    const { gate, sent, renewed } = setUpGate();
    const init = { method: 'POST', body: 'first', headers: { page: '1' } as Record<string, string> };
    const first = gate.fetch(`${API}/x`, init);
    Object.assign(init, { body: 'second' });
    init.headers.page = '2';
    init.headers.authorization = 'Basic x';
    const request = new Request(`${API}/y`, { headers: { page: '1' } });
    const second = gate.fetch(request);
    request.headers.set('page', '2');
    renewed(1);
    await Promise.all([first, second]);
    expect(sent.map(({ request: { headers } }) => headers.get('page'))).toEqual(['1', '1']);
    expect(sent.map(({ authorization }) => authorization)).toEqual(['Bearer token-1.1', 'Bearer token-1.1']);
    expect(await sent[0]?.request.text()).toBe('first');
  });

  it('holds the process, and lets it go', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const { gate, renewed, fill, vault } = setUpGate();
    const before = timers();
    const calls = [gate.fetch(`${API}/x`), gate.fetch(`${API}/x`)];
    expect(timers()).toBe(before + 1);
    renewed(1);
    expect(timers()).toBe(before);
    await Promise.all(calls);
    vault.wipe();
    const token = gate.getAccessToken();
    expect(timers()).toBe(before + 1);
    fill(1);
    renewed(1);
    expect(timers()).toBe(before);
    await token;
  });

  it('does not hold the process for a token that is there', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const { gate, fill } = setUpGate();
    fill(1);
    const before = timers();
    const token = gate.getAccessToken();
    expect(timers()).toBe(before);
    await token;
  });

  it('takes a token that is there when its time is up, though nobody told of it', async () => {
    const { gate, clock, fill, sent } = setUpGate();
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(5000);
    fill(1);
    await clock.advance(3000);
    expect([call.value?.status, sent.length]).toEqual([200, 1]);
  });

  it('fails at once where no token can come for now, and asks for none', async () => {
    const { gate, session, clock } = setUpGate({ idleRequests: 'hold' });
    session.refusal = new SessionError('client_refused', 'wrong secret');
    const calls = [watch(gate.fetch(`${API}/x`)), watch(gate.getAccessToken())];
    session.phase = 'idle';
    calls.push(watch(gate.fetch(`${API}/x`)));
    await clock.advance(0);
    expect(calls.map(({ error }) => error)).toEqual(calls.map(() => session.refusal));
    expect(session.asked).toEqual([]);
  });

  it('fails once it is known that no token can come', async () => {
    const { gate, session, clock } = setUpGate();
    const call = watch(gate.fetch(`${API}/x`));
    session.refusal = new SessionError('client_refused', 'wrong secret');
    session.changed();
    await clock.advance(0);
    expect(call.error).toBe(session.refusal);
  });

  it('waits while the session loads, without asking', async () => {
    const { gate, session, clock, become, fill, sent } = setUpGate();
    session.phase = 'loading';
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(10);
    expect([session.starts, session.asked]).toEqual([1, []]);
    fill(1);
    become('signedIn');
    await clock.advance(0);
    expect([call.isSettled, sent.length]).toEqual([true, 1]);
  });

  it('renews nothing while the session loads, whatever requests may do while the user is away', async () => {
    const { gate, session, clock } = setUpGate({ idleRequests: 'renew' });
    session.phase = 'loading';
    watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect(session.asked).toEqual([]);
  });

  it('asks once loading has brought a session without a fresh token', () => {
    const { gate, session, become } = setUpGate();
    session.phase = 'loading';
    watch(gate.fetch(`${API}/x`));
    become('signedIn');
    expect(session.asked).toEqual([undefined]);
  });

  it('keeps everything back until a frozen page has looked', async () => {
    const { gate, session, sent, fill, clock } = setUpGate();
    fill(1);
    session.mustRead = true;
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect([call.isSettled, sent.length, gate.peekAccessToken()]).toEqual([false, 0, undefined]);
    session.mustRead = false;
    session.changed();
    expect(sent).toHaveLength(1);
  });

  it('judges nobody before a frozen page has looked', async () => {
    const { gate, session, sent, renewed, become, clock } = setUpGate();
    Object.assign(session, { mustRead: true, phase: 'idle' });
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect([call.isSettled, session.asked]).toEqual([false, []]);
    session.mustRead = false;
    become('signedIn');
    renewed(1);
    expect(sent).toHaveLength(1);
  });

  it('sends once, even if asking whether it must look is what ends the look', async () => {
    const { gate, session, sent, fill } = setUpGate();
    fill(1);
    let reads = 0;
    session.mustReadRecord = () => {
      reads++;
      if (reads === 2) session.changed();
      return reads === 1;
    };
    await gate.fetch(`${API}/x`);
    expect(sent).toHaveLength(1);
  });

  it('settles 10,000 calls on one renewal, with one question, one timer and one subscription', async () => {
    const { gate, session, clock, sent, renewed } = setUpGate();
    const calls = Array.from({ length: 10_000 }, () => gate.fetch(`${API}/x`));
    expect([session.asked.length, session.listeners.size, clock.pendingTimers]).toEqual([1, 1, 1]);
    renewed(1);
    await Promise.all(calls);
    expect(sent).toHaveLength(10_000);
    expect([session.listeners.size, clock.pendingTimers]).toEqual([0, 0]);
  });
});

it('takes forms of npm packages as they are: only the transport of the app knows how to read them', () => {
  const { gate, sent, renewed } = setUpGate();
  const form = { [Symbol.toStringTag]: 'FormData', append: () => {} };
  watch(gate.fetch(API, { method: 'POST', body: form as never }));
  renewed(1);
  expect(sent.map(({ init }) => init?.body)).toEqual([form]);
});

describe('a call that waits', () => {
  describe.each<[string, () => BodyInit, (body: never) => void]>([
    ['parameters', () => new URLSearchParams({ b: '1' }), (body: URLSearchParams) => body.set('b', '2')],
    ['a form', () => formOf('1'), (body: FormData) => body.set('b', '2')],
    ['bytes', () => new TextEncoder().encode('b=1'), (body: Uint8Array) => body.fill(0)],
    [
      'a part of a buffer',
      () => new TextEncoder().encode('a b=1').subarray(2, 5),
      (body: Uint8Array) => body.fill(0),
    ],
    [
      'a buffer',
      () => new TextEncoder().encode('b=1').buffer,
      (body: ArrayBuffer) => new Uint8Array(body).fill(0),
    ],
  ])('and %s for a body', (_, make, change) => {
    const expected = () => shownOf(new Request(API, { method: 'POST', body: make() }));

    it('is sent as it was at the call', async () => {
      const { gate, renewed, sent } = setUpGate();
      const body = make();
      const call = gate.fetch(`${API}/x`, { method: 'POST', body });
      change(body as never);
      renewed(1);
      await call;
      expect(await shownOf(sent[0]?.request)).toEqual(await expected());
    });

    it('is repeated as it was at the call, if it did not wait', async () => {
      const { gate, clock, fill, network, renewed, sent } = setUpGate();
      fill(1);
      network.answer = () => new Response('', { status: sent.length === 1 ? 401 : 200 });
      const body = make();
      const call = gate.fetch(`${API}/x`, { method: 'POST', body });
      expect(sent[0]?.init?.body).toBe(body);
      change(body as never);
      await clock.advance(0);
      renewed(2);
      await call;
      expect(await shownOf(sent[1]?.request)).toEqual(await expected());
    });
  });

  it('does not copy what cannot change', async () => {
    const { gate, sent, renewed } = setUpGate();
    const bodies = [new Blob(['b']), new Blob(['s']).stream(), 'text'];
    const calls = bodies.map((body) =>
      gate.fetch(`${API}/x`, { method: 'POST', body, duplex: 'half' } as RequestInit),
    );
    renewed(1);
    await Promise.all(calls);
    expect(sent.every(({ init }, index) => init?.body === bodies[index])).toBe(true);
  });
});

describe('an abort', () => {
  it('that came before the call rejects with its reason and starts no wait', async () => {
    const { gate, session } = setUpGate();
    const reason = new Error('gone');
    await expect(gate.fetch(`${API}/x`, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(gate.getAccessToken({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect([session.listeners.size, session.asked.length]).toEqual([0, 0]);
  });

  it.each(['init', 'request'])('of the signal in %s ends the wait with its reason', async (place) => {
    const { gate, session, clock, renewed, sent } = setUpGate();
    const controller = new AbortController();
    const init = { signal: controller.signal };
    const call = watch(
      place === 'init' ? gate.fetch(`${API}/x`, init) : gate.fetch(new Request(`${API}/x`, init)),
    );
    controller.abort('enough');
    await clock.advance(0);
    expect(call.error).toBe('enough');
    expect([session.listeners.size, clock.pendingTimers]).toEqual([0, 0]);
    renewed(1);
    expect(sent).toEqual([]);
  });

  it('of a signal that init took off a Request is not heard', async () => {
    const { gate, clock, renewed } = setUpGate();
    const controller = new AbortController();
    const request = new Request(`${API}/x`, { signal: controller.signal });
    const call = watch(gate.fetch(request, { signal: null }));
    controller.abort();
    await clock.advance(0);
    expect(call.isSettled).toBe(false);
    renewed(1);
  });

  it('leaves no listener on a signal that outlives the call', async () => {
    const { gate, renewed } = setUpGate();
    const { signal } = new AbortController();
    const call = gate.getAccessToken({ signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    renewed(1);
    await call;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('leaves the others waiting for the next change', async () => {
    const { gate, session, clock, renewed, sent } = setUpGate();
    const controller = new AbortController();
    const aborted = watch(gate.fetch(`${API}/x`, { signal: controller.signal }));
    const call = watch(gate.fetch(`${API}/y`));
    controller.abort('enough');
    await clock.advance(0);
    expect([aborted.error, session.listeners.size]).toEqual(['enough', 1]);
    renewed(1);
    await clock.advance(0);
    expect([call.value?.status, sent.length]).toEqual([200, 1]);
  });

  it('leaves the others their own deadline', async () => {
    const { gate, clock } = setUpGate();
    const controller = new AbortController();
    watch(gate.fetch(`${API}/x`, { signal: controller.signal }));
    await clock.advance(5000);
    const call = watch(gate.fetch(`${API}/y`));
    controller.abort();
    await clock.advance(7999);
    expect(call.isSettled).toBe(false);
    await clock.advance(1);
    expect(call.error).toEqual(code('wait_timed_out'));
  });
});

describe('a user who is away', () => {
  it('still has a fresh token used', async () => {
    const { gate, session, fill, sent } = setUpGate();
    fill();
    session.phase = 'idle';
    await gate.fetch(`${API}/x`);
    expect(sent).toHaveLength(1);
  });

  it('has requests rejected at once, but not in the same turn', async () => {
    const { gate, session } = setUpGate();
    session.phase = 'idle';
    const call = gate.fetch(`${API}/x`);
    await expect(call).rejects.toEqual(code('session_idle'));
    expect(session.asked).toEqual([]);
  });

  it('is found out by a look: then what waits is rejected too', async () => {
    const { gate, clock, become } = setUpGate();
    const call = watch(gate.fetch(`${API}/x`));
    become('idle');
    await clock.advance(0);
    expect(call.error).toEqual(code('session_idle'));
  });

  it('has requests held until they are back', async () => {
    const { gate, session, become, renewed, clock, sent } = setUpGate({ idleRequests: 'hold' });
    session.phase = 'idle';
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(1000);
    expect([call.isSettled, session.asked]).toEqual([false, []]);
    become('signedIn');
    expect(session.asked).toEqual([undefined]);
    renewed(1);
    expect(sent).toHaveLength(1);
  });

  it('who comes back has what was asked for before they left asked for again', () => {
    const { gate, session, become } = setUpGate({ idleRequests: 'hold' });
    watch(gate.fetch(`${API}/x`));
    become('idle');
    become('signedIn');
    expect(session.asked).toEqual([undefined, undefined]);
  });

  it('has them held no longer than any wait', async () => {
    const { gate, session, clock } = setUpGate({ idleRequests: 'hold' });
    session.phase = 'idle';
    const call = watch(gate.fetch(`${API}/x`));
    await clock.advance(8000);
    expect(call.error).toEqual(code('wait_timed_out'));
  });

  it('has the session kept alive by requests only where the app chose so', async () => {
    const { gate, session, renewed, sent } = setUpGate({ idleRequests: 'renew' });
    session.phase = 'idle';
    watch(gate.fetch(`${API}/x`));
    expect(session.asked).toEqual([undefined]);
    renewed(1);
    expect(sent).toHaveLength(1);
  });
});

describe('nobody signed in', () => {
  it('has requests rejected', async () => {
    const { gate, session } = setUpGate();
    session.phase = 'signedOut';
    const said = expect.stringMatching(/Call `signIn\(\)` or `require\(\)`/) as string;
    await expect(gate.fetch(`${API}/x`)).rejects.toMatchObject({ code: 'signed_out', message: said });
  });

  it('has requests rejected that waited for a session to load', async () => {
    const { gate, session, become, clock } = setUpGate();
    session.phase = 'loading';
    const call = watch(gate.fetch(`${API}/x`));
    become('signedOut');
    await clock.advance(0);
    expect(call.error).toEqual(code('signed_out'));
  });

  it('is told why, where the last session expired', async () => {
    const { gate, session } = setUpGate();
    const cause = new SessionError('grant_refused', 'revoked');
    Object.assign(session, { phase: 'signedOut', endReason: 'revoked', failure: cause });
    for (const call of [gate.fetch(`${API}/x`), gate.getAccessToken(), gate.admit({ url: `${API}/x` })]) {
      const error = await call.catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: 'signed_out', cause });
      expect((error as Error).message).toContain('revoked');
    }
  });

  it('is told of no failure of a session that was signed out', async () => {
    const { gate, session } = setUpGate();
    Object.assign(session, {
      phase: 'signedOut',
      failure: new SessionError('network_failed', 'an hour ago'),
    });
    const error = await gate.fetch(`${API}/x`).catch((caught: unknown) => caught);
    expect(error).toEqual(code('signed_out'));
    expect((error as Error).cause).toBeUndefined();
  });

  it('has requests sent without a token where the app chose so', async () => {
    const { gate, session, sent } = setUpGate({ signedOutRequests: 'send' });
    session.phase = 'signedOut';
    await gate.fetch(`${API}/x`, { method: 'POST', body: 'b' });
    expect(sent).toMatchObject([{ url: `${API}/x`, authorization: null }]);
    expect(await sent[0]?.request.text()).toBe('b');
  });

  it('lets a function decide by a clone', async () => {
    const seen: string[] = [];
    const decide = (request: Request) => {
      seen.push(`${request.method} ${request.url}`);
      void request.text();
      return request.url.endsWith('/public') ? 'send' : 'reject';
    };
    const { gate, session, sent } = setUpGate({ signedOutRequests: decide });
    session.phase = 'signedOut';
    await expect(gate.fetch(`${API}/x`, { body: null })).rejects.toEqual(code('signed_out'));
    await gate.fetch(new Request(`${API}/public`, { method: 'POST', body: 'b' }));
    const stream = new Blob(['s']).stream();
    await gate.fetch(`${API}/public`, { method: 'PUT', body: stream, duplex: 'half' } as RequestInit);
    expect(seen).toEqual([`GET ${API}/x`, `POST ${API}/public`, `PUT ${API}/public`]);
    expect(await Promise.all(sent.map(({ request }) => request.text()))).toEqual(['b', 's']);
  });

  it('is told of a function that throws', async () => {
    const decide = () => {
      throw new RangeError('odd');
    };
    const { gate, session } = setUpGate({ signedOutRequests: decide });
    session.phase = 'signedOut';
    await expect(gate.fetch(`${API}/x`)).rejects.toThrow('odd');
    expect(session.listeners.size).toBe(0);
  });
});

describe('an epoch', () => {
  it('that expires says why to the calls that wait', async () => {
    const { gate, session, clock, end, fill } = setUpGate();
    fill(1);
    await clock.advance(400_000);
    const call = watch(gate.fetch(`${API}/x`));
    const cause = new SessionError('grant_refused', 'revoked');
    Object.assign(session, { endReason: 'revoked', failure: cause });
    end();
    await clock.advance(0);
    expect(call.error).toMatchObject({ code: 'session_ended', cause });
  });

  it('that the session has not told of yet gets no call of the one before', async () => {
    const { gate, session, clock, vault, fill, sent } = setUpGate();
    fill(1);
    await clock.advance(400_000);
    const call = watch(gate.fetch(`${API}/x`));
    vault.wipe();
    fill(1, { epoch: 2 });
    session.changed();
    await clock.advance(0);
    expect([sent.length, call.error]).toEqual([0, code('session_ended')]);
  });

  it('that ends takes its waiting calls with it', async () => {
    const { gate, clock, end, fill, become, sent } = setUpGate();
    fill(1);
    await clock.advance(400_000);
    const call = watch(gate.fetch(`${API}/x`));
    const token = watch(gate.getAccessToken());
    end();
    fill(1, { epoch: 2 });
    become('signedIn');
    await clock.advance(0);
    expect([call.error, token.error]).toEqual([code('session_ended'), code('session_ended')]);
    expect(sent).toEqual([]);
  });

  it('that ended unseen does too', async () => {
    const { gate, clock, vault, fill, session, sent } = setUpGate();
    fill(1);
    await clock.advance(400_000);
    const call = watch(gate.fetch(`${API}/x`));
    vault.wipe();
    fill(1, { epoch: 2 });
    session.epoch = 2;
    session.changed();
    await clock.advance(0);
    expect(call.error).toEqual(code('session_ended'));
    expect(sent).toEqual([]);
  });

  it('that begins serves the calls that waited for it, and no later one does', async () => {
    const { gate, session, clock, become, fill, vault, sent } = setUpGate();
    session.phase = 'loading';
    const served = watch(gate.fetch(`${API}/x`));
    fill(1, { epoch: 2 });
    become('signedIn');
    await clock.advance(0);
    expect([served.isSettled, sent[0]?.authorization]).toEqual([true, 'Bearer token-2.1']);

    vault.wipe();
    session.phase = 'loading';
    const late = watch(gate.fetch(`${API}/x`));
    session.epoch = 3;
    become('signedIn');
    become('signedOut');
    await clock.advance(0);
    expect(late.error).toEqual(code('session_ended'));
  });

  it('that is not known yet is the one that comes', async () => {
    const { gate, session, renewed, sent } = setUpGate();
    session.epoch = 0;
    const call = gate.fetch(`${API}/x`);
    renewed(1, { epoch: 4 });
    await call;
    expect(sent).toMatchObject([{ authorization: 'Bearer token-4.1' }]);
  });

  it('that goes on without tokens for a while keeps its calls waiting', async () => {
    const { gate, clock, vault, fill, session, renewed, sent } = setUpGate();
    fill(1);
    await clock.advance(400_000);
    const call = watch(gate.fetch(`${API}/x`));
    vault.wipe();
    session.changed();
    await clock.advance(0);
    expect(call.isSettled).toBe(false);
    renewed(2);
    expect(sent).toMatchObject([{ authorization: 'Bearer token-1.2' }]);
  });
});

describe('getAccessToken', () => {
  it('returns the fresh token', async () => {
    const { gate, fill, session } = setUpGate();
    fill();
    expect(await gate.getAccessToken()).toBe('token-1.1');
    expect([session.asked.length, session.listeners.size]).toEqual([0, 0]);
  });

  it('waits as fetch does', async () => {
    const { gate, renewed, session } = setUpGate();
    const token = gate.getAccessToken();
    expect([session.starts, session.asked]).toEqual([1, [undefined]]);
    renewed(1);
    expect(await token).toBe('token-1.1');
  });

  it('gets a token with the life asked for, renewing a fresh one that has less', async () => {
    const { gate, fill, clock, session, renewed } = setUpGate();
    fill(1);
    await clock.advance(100_000);
    expect(await gate.getAccessToken({ margin: 199_000 })).toBe('token-1.1');
    const token = watch(gate.getAccessToken({ margin: 199_001 }));
    await clock.advance(0);
    expect([token.isSettled, session.asked]).toEqual([false, [1]]);
    renewed(2);
    await clock.advance(0);
    expect(token.value).toBe('token-1.2');
  });

  it('keeps waiting for a longer life through changes that bring no token', async () => {
    const { gate, fill, clock, session, renewed } = setUpGate();
    fill(1);
    await clock.advance(100_000);
    const token = watch(gate.getAccessToken({ margin: 250_000 }));
    session.changed();
    session.changed();
    await clock.advance(0);
    expect([token.isSettled, session.asked]).toEqual([false, [1]]);
    renewed(2);
    await clock.advance(0);
    expect(token.value).toBe('token-1.2');
  });

  it('asks without a generation once the token that was too short has lapsed', async () => {
    const { gate, fill, clock, session } = setUpGate();
    fill(1);
    await clock.advance(285_000);
    watch(gate.getAccessToken({ margin: 250_000 }));
    await clock.advance(7000);
    session.changed();
    expect(session.asked).toEqual([1, undefined]);
  });

  it('never returns a token with less than the margin of its own', async () => {
    const { gate, fill, clock, session } = setUpGate();
    fill(1);
    await clock.advance(295_000);
    const token = watch(gate.getAccessToken({ margin: 0 }));
    await clock.advance(0);
    expect([token.isSettled, session.asked]).toEqual([false, [undefined]]);
  });

  it.each([Number.NaN, 'soon', {}, Symbol('soon')])(
    'refuses at once what is no margin: %s',
    async (margin) => {
      const { gate, fill, clock, session } = setUpGate();
      fill(1);
      const token = watch(gate.getAccessToken({ margin: margin as never }));
      await clock.advance(0);
      expect([token.error, session.asked]).toEqual([code('option_invalid'), []]);
    },
  );

  it.each([null, Number.NaN, ''])('takes null for no margin, and %j for no signal', async (signal) => {
    const { gate, fill } = setUpGate();
    fill(1);
    await expect(gate.getAccessToken({ margin: null, signal } as never)).resolves.toBe('token-1.1');
  });

  it.each([{}, 'x', 5])('refuses at once what is no signal, and waits for nothing: %s', async (signal) => {
    const { gate, clock, session } = setUpGate();
    const calls = [
      watch(gate.getAccessToken({ signal: signal as AbortSignal })),
      watch(gate.admit({ url: `${API}/x`, signal: signal as AbortSignal })),
    ];
    await clock.advance(0);
    expect(calls.map(({ error }) => error)).toEqual([code('option_invalid'), code('option_invalid')]);
    expect(session.listeners.size).toBe(0);
  });

  it.each([500_000, Infinity])(
    'says that no token lives for %d ms instead of renewing on',
    async (margin) => {
      const { gate, fill, clock, session, renewed } = setUpGate();
      fill(1);
      const token = watch(gate.getAccessToken({ margin }));
      renewed(2);
      await clock.advance(0);
      expect(token.error).toEqual(code('option_invalid'));
      expect(session.asked).toEqual([1]);
    },
  );

  it('has nothing to answer while nobody is signed in, whatever requests do', async () => {
    const { gate, session } = setUpGate({ signedOutRequests: 'send' });
    session.phase = 'signedOut';
    await expect(gate.getAccessToken()).rejects.toEqual(code('signed_out'));
  });
});

describe('stop', () => {
  it('ends every wait and everything that follows', async () => {
    const { gate, session, clock, fill, sent } = setUpGate();
    const waiting = [watch(gate.fetch(`${API}/x`)), watch(gate.getAccessToken())];
    gate.stop(stopped);
    const { starts } = session;
    await clock.advance(0);
    fill();
    const later = [watch(gate.fetch(`${API}/x`)), watch(gate.getAccessToken())];
    await clock.advance(0);
    for (const { error } of [...waiting, ...later]) expect(error).toEqual(code('session_stopped'));
    expect(gate.peekAccessToken()).toBeUndefined();
    expect(session.starts).toBe(starts);
    expect([sent.length, session.listeners.size, clock.pendingTimers]).toEqual([0, 0, 0]);
  });
});
