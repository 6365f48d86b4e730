import { load } from './bundle.mjs';
import { measure } from './measure.mjs';

const API = 'https://api.example.com';
const TODOS = `${API}/todos?page=2`;

/** @typedef {import('./measure.mjs').Subject} Subject */

const {
  createContinuity,
  createGate,
  createRetry,
  createSession,
  createSessionForGate,
  leaseFrom,
  readInstant,
  systemClock,
} = await load([
  'src/environment/continuity.ts',
  'src/gate/gate.ts',
  'src/gate/retry.ts',
  'src/index.ts',
  'src/session/sessionForGate.ts',
  'src/time/clock.ts',
  'machines/lease.ts',
]);

const TOKEN = 'a'.repeat(1200);
const AUTHORIZATION = `Bearer ${TOKEN}`;

const answer = Promise.resolve(new Response('ok'));
const transport = () => answer;

/** What a session asks itself whenever the gate hands something out: whether the page has run without interruption. */
function createMustReadRecord() {
  const continuity = createContinuity(systemClock, () => {});
  const { wallMs, monotonicMs } = readInstant(systemClock);
  // A page beats every second. Here no timer fires while calls are made in a row, so that this beat is good for an hour.
  continuity.beat({ wallMs: wallMs + 3_600_000, monotonicMs: monotonicMs + 3_600_000 });
  const { mustReadRecord } = createSessionForGate({
    runner: { status: () => 'signedIn', subscribe() {} },
    identity: {},
    clock: systemClock,
    continuity,
    start() {},
  });
  return mustReadRecord;
}

function setUp(mustReadRecord = createMustReadRecord()) {
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
    mustReadRecord,
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

/** A whole session that is signed in, on the same transport. */
async function signIn() {
  const session = createSession({
    issuer: 'https://id.example.com',
    clientId: 'bench',
    tokenOrigins: API,
    fetch: transport,
    grants: { signIn: async () => ({ access_token: TOKEN, expires_in: 36_000, refresh_token: TOKEN }) },
    user: () => ({ name: 'Ada' }),
  });
  await session.signIn();
  return session;
}

/** What a gate with a fresh token adds to the transport, and to what the platform does anyway. */
export async function measureFreshPath() {
  const { gate, grant } = setUp();
  grant();
  const unasked = setUp(() => false);
  unasked.grant();
  const session = await signIn();
  const headers = { Accept: 'application/json', 'X-Page': '2' };
  const native = new Headers(headers);
  const url = new URL(TODOS);
  // A new one each time: Node gets slower with every copy of the same that is alive.
  const request = () => new Request(TODOS, { headers });
  const bare = 'bare transport';
  const withoutAsking = 'the same, and nobody asks for a record';
  const copying = 'Request made, copied, header set';
  const copyingHeaders = 'Headers copied, one set';

  /** @type {Subject[]} */
  const subjects = [
    { name: bare, run: () => transport() },
    { name: 'absolute string', against: bare, run: () => gate.fetch(TODOS) },
    { name: withoutAsking, against: bare, run: () => unasked.gate.fetch(TODOS) },
    { name: 'what asking adds', against: withoutAsking, run: () => gate.fetch(TODOS) },
    { name: 'the same, of a whole session', against: bare, run: () => session.fetch(TODOS) },
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
  const rows = await measure(subjects);
  session.stop();
  return rows;
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
