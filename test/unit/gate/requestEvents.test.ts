import { describe, expect, it, vi } from 'vitest';
import type { RequestEvent } from '../../../src/gate/requestEvent.ts';
import { API, setUpGate, unauthorized, watch } from './gateHarness.ts';

const observed = (options = {}) => {
  const events: RequestEvent[] = [];
  const set = setUpGate({ onRequest: (event: RequestEvent) => void events.push(event), ...options });
  const types = () =>
    events.map(({ type, status, error }) => [type, status ?? error].filter(Boolean).join(' '));
  return { ...set, events, types };
};

describe('an observer of requests', () => {
  it('is told of a call that goes at once, in the turns in which it happens', async () => {
    const { gate, fill, types, events } = observed();
    fill();
    const call = gate.fetch(`${API}/x?secret=1#y`, { method: 'post' });
    expect(types()).toEqual(['started', 'sent']);
    await call;
    expect(types()).toEqual(['started', 'sent', 'settled 200']);
    const [first] = events;
    expect(first).toEqual({ type: 'started', call: first?.call, method: 'POST', origin: API, path: '/x' });
    expect(new Set(events.map((event) => event.call)).size).toBe(1);
    await gate.fetch(new Request(`${API}/y`, { method: 'PUT' }));
    expect(events[3]).toMatchObject({ method: 'PUT', path: '/y' });
    expect(events[3]?.call).not.toBe(first?.call);
  });

  it('is told of a wait, a refusal and a repeat', async () => {
    const { gate, clock, renewed, network, sent, types } = observed();
    network.answer = () => (sent.length === 1 ? unauthorized() : new Response('ok'));
    watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    expect(types()).toEqual(['started']);
    renewed(1);
    await clock.advance(0);
    renewed(2);
    await clock.advance(0);
    expect(types()).toEqual(['started', 'waited', 'sent', 'refused 401', 'repeated', 'settled 200']);
  });

  it('is told what a call failed with', async () => {
    const { gate, clock, fill, network, types } = observed();
    watch(gate.fetch(`${API}/x`));
    await clock.advance(8000);
    fill();
    network.answer = () => Promise.reject(new TypeError('fetch failed'));
    watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    network.answer = () => Promise.reject('odd');
    watch(gate.fetch(`${API}/x`));
    await clock.advance(0);
    const ends = ['wait_timed_out', 'TypeError', 'string'].map((end) => `settled ${end}`);
    expect(types().filter((type) => type.startsWith('settled'))).toEqual(ends);
  });

  it('is told of a call that goes without a token', async () => {
    const { gate, session, types } = observed({ signedOutRequests: 'send' });
    session.phase = 'signedOut';
    await gate.fetch(`${API}/x`);
    expect(types()).toEqual(['started', 'waited', 'sent', 'settled 200']);
  });

  it('is told once of a wait that ends in its last moment', async () => {
    const { gate, clock, fill, types } = observed();
    watch(gate.fetch(`${API}/x`));
    await clock.advance(5000);
    fill(1);
    await clock.advance(3000);
    expect(types()).toEqual(['started', 'waited', 'sent', 'settled 200']);
  });

  it('is told nothing of calls that the gate has no part in', async () => {
    const { gate, fill, events } = observed();
    fill();
    await gate.fetch('https://elsewhere.example/');
    await gate.admit({ url: 'https://elsewhere.example/' });
    expect(events).toEqual([]);
  });

  it('is told of other clients, too', async () => {
    const { gate, clock, fill, renewed, types } = observed();
    fill(1);
    const next = watch((await gate.admit({ url: `${API}/x` })).answered(unauthorized()));
    await clock.advance(0);
    renewed(2);
    await clock.advance(0);
    await next.value?.answered(new Response('ok'));
    expect(types()).toEqual(['started', 'sent', 'refused 401', 'repeated', 'settled 200']);
  });

  it('is told what another client’s call failed with', async () => {
    const { gate, session, types } = observed();
    session.phase = 'idle';
    await expect(gate.admit({ url: `${API}/x` })).rejects.toThrow(/away/);
    expect(types()).toEqual(['started', 'waited', 'settled session_idle']);
  });

  it('that throws is reported, and no call notices', async () => {
    const reported = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const odd = new Error('odd');
    const onRequest = () => {
      throw odd;
    };
    const { gate, fill } = observed({ onRequest });
    fill();
    expect((await gate.fetch(`${API}/x`)).status).toBe(200);
    expect(reported.mock.calls).toEqual([[odd], [odd], [odd]]);
    reported.mockRestore();
  });

  it('can come late, and go again', async () => {
    const { gate, fill, deps, events } = observed();
    fill();
    const { onRequest } = deps;
    deps.onRequest = undefined;
    await gate.fetch(`${API}/x`);
    expect(events).toEqual([]);
    deps.onRequest = onRequest;
    await gate.fetch(`${API}/x`);
    expect(events).toHaveLength(3);
  });
});
