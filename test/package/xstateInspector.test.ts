import { once } from 'node:events';
import { createSession } from 'token-vigil';
import { openXStateInspector } from 'token-vigil/inspect/xstate';
import {
  createSessionMachine,
  loginFrom,
  type RefreshFailed,
  type RefreshRequested,
  serviceFrom,
} from 'token-vigil/machine';
import { createFakeSession } from 'token-vigil/testing';
import { afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { type AnyStateNode, type AnyTransitionDefinition as AnyEdge, createActor } from 'xstate';
import { WebSocket } from 'ws';
import { installPinned } from '../support/installPinned.mjs';
import { startSocketServer } from '../support/socketServer.ts';
import { createWebSocketReceiver, type Received, xstateInspectFolder } from '../support/xstateInspect.ts';

beforeAll(() => installPinned(xstateInspectFolder), 120_000);
afterEach(() => void vi.restoreAllMocks());

const services = ['alarm', 'record', 'login', 'refresh', 'activity', 'environment'];

const createTestSession = () => {
  const session = createFakeSession({
    user: { name: 'planted-user' },
    idle: { after: 300_000, signOutAfter: 600_000 },
  });
  onTestFinished(session.stop);
  return session;
};

const tellStory = async (session: ReturnType<typeof createTestSession>): Promise<void> => {
  await session.enter('anonymous');
  for (const state of ['authenticated', 'refreshing', 'backingOff', 'idle', 'warning', 'expired'] as const)
    await session.enter(state);
  await session.signOut();
};

/** The package's own receiver. */
const receive = (address: string): Received[] => {
  vi.stubGlobal('WebSocket', WebSocket);
  onTestFinished(() => void vi.unstubAllGlobals());
  const received: Received[] = [];
  createWebSocketReceiver(address).subscribe((message) => void received.push(message));
  return received;
};

/** A bare connection, and the text of all that came by it. */
const connect = async (address: string, origin?: string) => {
  const texts: string[] = [];
  const socket = new WebSocket(`ws://${address}`, origin === undefined ? {} : { origin });
  socket.on('message', (data: Buffer) => void texts.push(data.toString()));
  await once(socket, 'open');
  return { texts, socket, ask: (message: object) => socket.send(JSON.stringify(message)) };
};

const hello = { type: 'xstate.inspecting' };

const isThere = async (received: readonly unknown[]): Promise<void> => {
  await expect.poll(() => received.length).toBeGreaterThan(0);
};

/** Whether an event is in messages; the machine that they bring has its name, too. */
const tellsOf = (texts: readonly string[], event: string): boolean =>
  texts.some((text) => text.includes(JSON.stringify(`"name":"${event}"`).slice(1, -1)));

const ofType = (received: readonly Received[], type: Received['type']): readonly Received[] =>
  received.filter((message) => message.type === type);

/** An open inspector with the package's receiver, and a session it shows. */
const open = async () => {
  const { server, address } = await startSocketServer();
  const inspector = await openXStateInspector({ server });
  onTestFinished(inspector.stop);
  const session = createTestSession();
  session.inspect(inspector.inspect);
  void session.start();
  return { server, address, inspector, session };
};

test('the receiver of @xstate/inspect is told of every actor, event, state and stop', async () => {
  const { address, session } = await open();
  const received = receive(address);
  await isThere(received);
  await tellStory(session);
  session.stop();
  await expect.poll(() => ofType(received, 'service.stop').length).toBe(7);

  const [root, ...children] = ofType(received, 'service.register');
  expect(root?.id).toBe('session');
  expect(children.map(({ id }) => id)).toEqual(services);
  expect(new Set(children.map(({ parent }) => parent))).toEqual(new Set([root?.sessionId]));
  const states = ofType(received, 'service.state').filter(({ sessionId }) => sessionId === root?.sessionId);
  const tops = states.map(({ state: { value } }) =>
    typeof value === 'string' ? value : Object.keys(value as object)[0],
  );
  expect(new Set(tops)).toEqual(new Set(['anonymous', 'authenticated', 'expired', 'idle', 'refreshing']));
});

test('what is received is a machine that XState 4 can run, and it goes where the session went', async () => {
  const { address, session } = await open();
  const received = receive(address);
  await isThere(received);
  await tellStory(session);
  const eventOf = ({ state: { _event: event } }: Received): string => event.name;
  const isOver = (message: Received): boolean => eventOf(message) === 'signOutRequested';
  await expect.poll(() => ofType(received, 'service.state').some(isOver)).toBe(true);

  const [{ machine, sessionId, state: first }] = ofType(received, 'service.register') as [Received];
  expect(machine.initialState.value).toEqual({ anonymous: 'restoring' });
  expect(machine.transition('authenticated', 'due').value).toEqual({ refreshing: 'granting' });
  const states = ofType(received, 'service.state').filter((message) => message.sessionId === sessionId);
  expect(states.length).toBeGreaterThan(40);
  let before = first;
  for (const message of states) {
    const { state } = message;
    const name = eventOf(message);
    expect(machine.transition(before.value, name).value, `${JSON.stringify(before.value)} ${name}`).toEqual(
      state.value,
    );
    expect(machine.resolveState(state).value).toEqual(state.value);
    before = state;
  }
  expect(machine.resolveState(before).nextEvents).toContain('signInWanted');
});

test('every edge of the chart can be taken by the name of its guard', async () => {
  const { address } = await open();
  const received = receive(address);
  await isThere(received);
  const [{ machine }] = ofType(received, 'service.register') as [Received];
  const edgesOf = ({ path, always = [], states }: AnyStateNode): (readonly [string[], AnyEdge])[] => [
    ...always.map((edge) => [path, edge] as const),
    ...Object.values(states).flatMap(edgesOf),
  ];
  const edges = edgesOf(createSessionMachine().root);
  expect(edges.length).toBeGreaterThan(35);
  for (const [path, { guard: named, target }] of edges) {
    const guard = named as string;
    const value = path.length > 1 ? { [path[0]!]: path[1] } : path[0];
    const [to] = target ?? [];
    const { value: after } = machine.transition(value, guard);
    const entered = to?.path ?? path;
    expect(JSON.stringify(after), `${path.join('.')}--${guard}`).toContain(`"${entered.at(-1)}"`);
  }
});

test('whoever connects late, or again, is told everything that runs, and the others nothing twice', async () => {
  const { address, session } = await open();
  const early = await connect(address);
  early.ask(hello);
  await isThere(early.texts);
  await session.enter('idle');
  const told = early.texts.length;
  const late = receive(address);
  await expect.poll(() => ofType(late, 'service.register').length).toBe(7);
  const [root, ...children] = ofType(late, 'service.register');
  expect([root?.id, root?.state.value]).toEqual(['session', { idle: 'quiet' }]);
  expect(children.map(({ id, parent }) => [id, parent])).toEqual(services.map((id) => [id, root?.sessionId]));
  await expect.poll(() => early.texts.length).toBeGreaterThanOrEqual(told);
  expect(early.texts.slice(told).filter((text) => text.includes('service.register'))).toEqual([]);
});

test('a session that is started again is shown again', async () => {
  const { address, session } = await open();
  const received = receive(address);
  await isThere(received);
  await session.enter('authenticated');
  session.stop();
  await session.start();
  await expect.poll(() => ofType(received, 'service.register').length).toBe(14);
});

test('nothing that a viewer sends reaches the machine, or ends the process', async () => {
  const { address, session } = await open();
  const viewer = await connect(address);
  viewer.ask(hello);
  await isThere(viewer.texts);
  await session.enter('authenticated');
  const heard: string[] = [];
  session.inspect((happened: { type: string }) => {
    if (happened.type === '@xstate.event') heard.push(happened.type);
  });
  const { sessionId: origin } = JSON.parse(viewer.texts[0]!) as { sessionId: string };
  const data = { type: 'session.signOut' };
  viewer.ask({
    type: 'xstate.event',
    event: JSON.stringify({ name: data.type, data, origin, $$type: 'scxml', type: 'external' }),
  });
  viewer.ask({ type: 'service.event', event: '"forged"', sessionId: origin });
  viewer.ask({ type: 'disconnect' });
  viewer.socket.send('no JSON');
  viewer.socket.send('null');
  // All of it was read when this is answered: it answers with seven services.
  viewer.ask(hello);
  const isRegister = (text: string): boolean => text.includes('service.register');
  await expect.poll(() => viewer.texts.filter(isRegister).length).toBe(14);
  expect(viewer.texts.join('')).not.toContain('forged');
  expect([session.state, heard]).toEqual(['authenticated', []]);
});

test('a page of another origin is told nothing', async () => {
  const { server, address } = await startSocketServer();
  const inspector = await openXStateInspector({ server, url: 'http://viewer.test/page' });
  onTestFinished(inspector.stop);
  const session = createTestSession();
  session.inspect(inspector.inspect);
  const foreign = await connect(address, 'https://elsewhere.test');
  const own = await connect(address, 'http://viewer.test');
  foreign.ask(hello);
  own.ask(hello);
  await isThere(own.texts);
  await session.enter('authenticated');
  await expect.poll(() => own.texts.at(-1)).toContain('service.state');
  expect(foreign.texts).toEqual([]);
});

test('a receiver that throws stops neither the machine, nor the others, nor the end', async () => {
  const printed = vi.spyOn(console, 'error').mockReturnValue();
  const { server, inspector, address, session } = await open();
  const [broken, whole] = [await connect(address), await connect(address)];
  broken.ask(hello);
  whole.ask(hello);
  await isThere(broken.texts);
  await isThere(whole.texts);
  await session.enter('authenticated');

  const [client] = server.clients;
  vi.spyOn(client!, 'send').mockImplementation(() => {
    throw new Error('The receiver is broken');
  });
  await session.enter('refreshing');
  expect(session.state).toBe('refreshing.granting');
  await expect.poll(() => tellsOf(whole.texts, 'renewalRequested')).toBe(true);
  expect(tellsOf(broken.texts, 'renewalRequested')).toBe(false);
  expect(printed).toHaveBeenCalled();
  inspector.stop();
  expect([server.listenerCount('connection'), client?.listenerCount('message')]).toEqual([0, 0]);
});

test('after its end nothing is left of it', async () => {
  const globalsBefore = Object.getOwnPropertyNames(globalThis).toSorted();
  const { server, address, inspector, session } = await open();
  const viewer = await connect(address);
  viewer.ask(hello);
  await isThere(viewer.texts);
  await session.enter('authenticated');
  expect(Object.getOwnPropertyNames(globalThis).toSorted()).toEqual(globalsBefore);
  inspector.stop();
  inspector.stop();
  await expect.poll(() => viewer.texts.at(-1)).toContain('xstate.disconnect');
  expect(viewer.texts.filter((text) => text.includes('service.stop')).length).toBe(7);
  const [client] = server.clients;
  expect([server.listenerCount('connection'), client?.listenerCount('message')]).toEqual([0, 0]);

  const told = viewer.texts.length;
  await session.enter('idle');
  viewer.ask(hello);
  const echo = await connect(address);
  echo.socket.close();
  await once(echo.socket, 'close');
  expect(viewer.texts.length).toBe(told);
  expect(session.state).toBe('idle.quiet');
});

test('no token and no user is in any message, also where services of the app answer with more', async () => {
  const printed = vi.spyOn(console, 'error');
  const { server, address } = await startSocketServer();
  const inspector = await openXStateInspector({ server });
  onTestFinished(inspector.stop);
  const viewer = await connect(address);
  viewer.ask(hello);

  const session = createSession({
    issuer: 'https://planted-issuer.test',
    clientId: 'web',
    tokenOrigins: ['https://api.test'],
    inspect: inspector.inspect,
    onWarning: () => undefined,
    fetch: async () => Response.json({}),
    grants: {
      signIn: async () => ({
        access_token: 'planted-access',
        refresh_token: 'planted-refresh',
        expires_in: 300,
      }),
      refresh: async () => ({
        access_token: 'planted-second',
        refresh_token: 'planted-refresh-2',
        expires_in: 300,
      }),
    },
    user: () => ({ name: 'planted-user' }),
  });
  onTestFinished(session.stop);
  await session.signIn({});
  await session.renew();
  await session.fetch('https://api.test/?query=planted-query');

  const failure = {
    class: 'transient',
    code: 'network_failed',
    status: null,
    error: null,
    retryAfterMs: null,
  } as const;
  const leaky = { access_token: 'planted-extra' };
  const machine = createSessionMachine().provide({
    actors: {
      login: loginFrom(async () => ({ expires_in: 300, renewable: true, ...leaky })),
      refresh: serviceFrom<RefreshRequested, RefreshFailed>(async (request) => ({
        ...request,
        ...leaky,
        type: 'refresh.failed',
        failure: { ...failure, ...leaky },
      })),
    },
  });
  const actor = createActor(machine, { inspect: inspector.inspect }).start();
  onTestFinished(() => void actor.stop());
  actor.send({ type: 'session.signIn', ticket: 1, ...leaky } as never);
  await expect.poll(() => actor.getSnapshot().value).toBe('authenticated');
  actor.send({ type: 'session.renew', by: 'app', ...leaky } as never);
  await expect.poll(() => tellsOf(viewer.texts, 'refresh.failed')).toBe(true);
  // Whoever sends it something of their own: the machine, or one of its services.
  const { context, children } = actor.getSnapshot();
  const lease = { ...context.lease!, generation: 2, ...leaky };
  actor.send({ type: 'session.adopt', lease });
  await expect.poll(() => actor.getSnapshot().context.lease).toHaveProperty('access_token');
  children.record?.send({ type: 'record.probe', at: context.now, ...leaky } as never);
  await expect.poll(() => tellsOf(viewer.texts, 'session.adopt')).toBe(true);
  await expect.poll(() => tellsOf(viewer.texts, 'record.probe')).toBe(true);
  expect(printed).not.toHaveBeenCalled();

  expect(viewer.texts.length).toBeGreaterThan(50);
  expect(viewer.texts.filter((text) => text.includes('planted'))).toEqual([]);
});

test.each([
  ['an address', { url: 'nowhere' }, 'option_invalid'],
  ['an address with an origin', { url: 'file:///viewer/index.html' }, 'option_invalid'],
  ['one place only', { iframe: {} as HTMLIFrameElement, window: {} as Window }, 'option_invalid'],
  ['a window, or a server', {}, 'platform_unsupported'],
])('it needs %s', async (_, options, code) => {
  await expect(openXStateInspector(options)).rejects.toMatchObject({ code });
});
