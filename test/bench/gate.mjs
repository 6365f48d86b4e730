import { load } from './bundle.mjs';
import { measure } from './measure.mjs';

const API = 'https://api.example.com';
const TODOS = `${API}/todos?page=2`;

/** @typedef {import('./measure.mjs').Subject} Subject */

const { createGate, createRetry, systemClock, readInstant, leaseFrom } = await load([
  'src/gate/gate.ts',
  'src/gate/retry.ts',
  'src/time/clock.ts',
  'machines/lease.ts',
]);

const TOKEN = 'a'.repeat(1200);
const AUTHORIZATION = `Bearer ${TOKEN}`;

const answer = Promise.resolve(new Response('ok'));
const transport = () => answer;

function setUp() {
  /** @type {object | undefined} */
  let bearer;
  const vault = { lease: () => bearer, bearer: () => bearer };
  const listeners = new Set();
  const session = {
    phase: () => 'signedIn',
    epoch: () => 1,
    failure: () => undefined,
    refusal: () => undefined,
    endReason: () => null,
    asked: 0,
    mustReadRecord: () => false,
    start() {},
    requestRenewal() {
      session.asked++;
    },
    /** @param {() => void} onChange */
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
  const gate = createGate({
    vault,
    clock: systemClock,
    session,
    transport,
    loadRetry: async () => createRetry,
    origins: ['self', API],
    baseUri: () => `${API}/app/`,
    waitMs: 8000,
    idleRequests: 'reject',
    signedOutRequests: 'reject',
  });
  const grant = () => {
    const facts = { expires_in: 36_000, renewable: true };
    const lease = leaseFrom(facts, readInstant(systemClock), { epoch: 1, generation: 1 });
    bearer = { ...lease, token: TOKEN, authorization: AUTHORIZATION };
    listeners.forEach((listener) => listener());
  };
  return { gate, session, grant };
}

/** What a gate with a fresh token adds to the transport, and to what the platform does anyway. */
export async function measureFreshPath() {
  const { gate, grant } = setUp();
  grant();
  const headers = { Accept: 'application/json', 'X-Page': '2' };
  const native = new Headers(headers);
  const url = new URL(TODOS);
  // A new one each time: Node gets slower with every copy of the same that is alive.
  const request = () => new Request(TODOS, { headers });
  const bare = 'bare transport';
  const copying = 'Request made, copied, header set';
  const copyingHeaders = 'Headers copied, one set';

  /** @type {Subject[]} */
  const subjects = [
    { name: bare, run: () => transport() },
    { name: 'absolute string', against: bare, run: () => gate.fetch(TODOS) },
    { name: 'relative string', against: bare, run: () => gate.fetch('/todos?page=2') },
    { name: 'string and a record of headers', against: bare, run: () => gate.fetch(TODOS, { headers }) },
    { name: 'URL object', against: bare, run: () => gate.fetch(url) },
    { name: 'another origin', against: bare, run: () => gate.fetch('https://elsewhere.example/') },
    { name: copyingHeaders, run: () => new Headers(native).set('Authorization', AUTHORIZATION) },
    {
      name: 'string and Headers',
      against: copyingHeaders,
      run: () => gate.fetch(TODOS, { headers: native }),
    },
    { name: copying, run: () => new Request(request()).headers.set('Authorization', AUTHORIZATION) },
    { name: 'Request', against: copying, run: () => gate.fetch(request()) },
    { name: 'admit', run: () => gate.admit({ url: TODOS }) },
    { name: 'peekAccessToken', run: () => gate.peekAccessToken() },
    { name: 'getAccessToken', run: () => gate.getAccessToken() },
  ];
  return measure(subjects);
}

/** How long 10,000 calls take to settle once the one renewal they wait for is granted. */
export async function measureWaiting(count = 10_000) {
  const { gate, session, grant } = setUp();
  const started = performance.now();
  const calls = Array.from({ length: count }, () => gate.fetch(TODOS));
  const waiting = performance.now();
  grant();
  await Promise.all(calls);
  const settled = performance.now();
  return { count, asked: session.asked, enterMs: waiting - started, settleMs: settled - waiting };
}
