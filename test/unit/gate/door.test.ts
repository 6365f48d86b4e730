import { describe, expect, it } from 'vitest';
import { API, code, redirected, setUpGate, unauthorized, watch } from './gateHarness.ts';

const url = `${API}/upload?part=1`;

const signedIn = (options = {}) => {
  const set = setUpGate(options);
  set.fill(1);
  return set;
};

describe('a client that is not fetch', () => {
  it('is given the address to send to and the headers to set', async () => {
    const { gate, sent, session } = signedIn();
    expect(await gate.admit({ url, method: 'POST' })).toMatchObject({
      url,
      headers: { Authorization: 'Bearer token-1.1' },
    });
    expect(await gate.admit({ url: new URL(url), headers: { 'X-A': '1' } })).toMatchObject({
      url,
      headers: { Authorization: 'Bearer token-1.1' },
    });
    expect([sent.length, session.starts]).toEqual([0, 0]);
  });

  it.each([
    ['another origin', { url: 'https://elsewhere.example/x' }],
    ['an Authorization of its own', { url, headers: { authorization: 'Basic x' } }],
    ['no address', { url: 'not an address' }],
  ])('with %s goes as it is, and its answers say nothing', async (_, request) => {
    const { gate, session } = signedIn();
    const admitted = await gate.admit(request);
    expect(admitted).toMatchObject({ url: request.url, headers: {} });
    expect(await admitted.answered(unauthorized())).toBeUndefined();
    expect(session.asked).toEqual([]);
  });

  it.each([undefined, null, {}, { url: null }, { url: 5 }, { url: {} }, { url: Object.create(null) as URL }])(
    'refuses what has no address: %j',
    async (request) => {
      const error = { code: 'option_invalid', message: 'admit: `url` must be of type string' };
      await expect(signedIn().gate.admit(request as never)).rejects.toMatchObject(error);
    },
  );

  it('refuses what is no answer, and takes a later one', async () => {
    const admitted = await signedIn().gate.admit({ url });
    for (const odd of [undefined, null, 401])
      await expect(admitted.answered(odd as never)).rejects.toEqual(code('option_invalid'));
    expect(await admitted.answered(new Response())).toBeUndefined();
  });

  it('waits as fetch does', async () => {
    const { gate, session, clock, renewed } = setUpGate();
    const admitted = watch(gate.admit({ url }));
    await clock.advance(0);
    expect([admitted.isSettled, session.starts, session.asked]).toEqual([false, 1, [undefined]]);
    renewed(1);
    await clock.advance(0);
    expect(admitted.value).toMatchObject({ url, headers: { Authorization: 'Bearer token-1.1' } });
  });

  it('stops waiting with its signal', async () => {
    const { gate, clock } = setUpGate();
    const controller = new AbortController();
    const admitted = watch(gate.admit({ url, signal: controller.signal }));
    controller.abort('enough');
    await clock.advance(0);
    expect(admitted.error).toBe('enough');
  });

  it('fails as fetch does', async () => {
    const { gate, session, clock } = setUpGate();
    const late = watch(gate.admit({ url }));
    await clock.advance(8000);
    expect(late.error).toEqual(code('wait_timed_out'));
    session.phase = 'signedOut';
    await expect(gate.admit({ url })).rejects.toEqual(code('signed_out'));
  });

  it('goes without a token while nobody is signed in, where the app chose so', async () => {
    const seen: string[] = [];
    const signedOutRequests = ({ method, url: address, headers }: Request) => {
      seen.push(`${method} ${address} ${headers.get('x-a')}`);
      return 'send' as const;
    };
    const { gate, session } = setUpGate({ signedOutRequests });
    session.phase = 'signedOut';
    expect(await gate.admit({ url, method: 'PUT', headers: { 'X-A': '1' } })).toMatchObject({
      url,
      headers: {},
    });
    expect(seen).toEqual([`PUT ${url} 1`]);
  });
});

describe('its 401', () => {
  it('is followed by what to repeat the request with', async () => {
    const { gate, session, clock, renewed } = signedIn();
    const first = await gate.admit({ url, method: 'POST' });
    const next = watch(first.answered(unauthorized()));
    await clock.advance(0);
    expect([next.isSettled, session.asked]).toEqual([false, [1]]);
    renewed(2);
    await clock.advance(0);
    expect(next.value).toMatchObject({ url, headers: { Authorization: 'Bearer token-1.2' } });
  });

  it('stands where the repeat is refused too, and the endpoint is not believed any more', async () => {
    const { gate, session, clock, renewed } = signedIn();
    const next = watch((await gate.admit({ url })).answered(unauthorized()));
    await clock.advance(0);
    renewed(2);
    await clock.advance(100_000);
    expect(await next.value?.answered(unauthorized())).toBeUndefined();
    expect(await (await gate.admit({ url })).answered(unauthorized())).toBeUndefined();
    expect(session.asked).toEqual([1]);
    const other = await gate.admit({ url, method: 'PUT' });
    watch(other.answered(unauthorized()));
    await clock.advance(0);
    expect(session.asked).toEqual([1, 2]);
  });

  it('is taken back by an answer that accepts', async () => {
    const { gate, session, clock, renewed } = signedIn();
    const next = watch((await gate.admit({ url })).answered(unauthorized()));
    await clock.advance(0);
    renewed(2);
    await clock.advance(100_000);
    await next.value?.answered(unauthorized());
    expect(await (await gate.admit({ url })).answered(new Response('ok'))).toBeUndefined();
    watch((await gate.admit({ url })).answered(unauthorized()));
    await clock.advance(0);
    expect(session.asked).toEqual([1, 2]);
  });

  it.each([
    ['speaks of something else', unauthorized('no', 'Basic')],
    ['is of a redirect', redirected(unauthorized())],
    ['is none', new Response('', { status: 403 })],
  ])('stands where it %s', async (_, answer) => {
    const { gate, session } = signedIn();
    expect(await (await gate.admit({ url })).answered(answer)).toBeUndefined();
    expect(session.asked).toEqual([]);
  });

  it.each([
    [{ headers: { get: (name: string) => (name === 'WWW-Authenticate' ? 'Bearer' : null) } }],
    // What the client cannot read, as CORS hides it, says nothing against it.
    [{}],
  ])('needs no Response: %j', async (answer) => {
    const { gate, session, clock } = signedIn();
    watch((await gate.admit({ url })).answered({ status: 401, ...answer }));
    await clock.advance(0);
    expect(session.asked).toEqual([1]);
  });

  it('ends with the session that it belonged to', async () => {
    const { gate, end, fill } = signedIn();
    const admitted = await gate.admit({ url });
    end();
    fill(1, { epoch: 2 });
    await expect(admitted.answered(unauthorized())).rejects.toEqual(code('session_ended'));
  });
});
