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
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { type AnyStateNode, type AnyTransitionDefinition as AnyEdge, createActor } from 'xstate';
import { installPinned } from '../support/installPinned.mjs';
import { packageThere, type Received, type Socket, xstateInspectFolder } from '../support/xstateInspect.ts';

beforeAll(() => installPinned(xstateInspectFolder), 120_000);

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

/** A server on loopback. */
const startServer = async () => {
  const { WebSocketServer } = packageThere('ws');
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server as never, 'listening');
  onTestFinished(() => {
    server.clients.forEach((client) => client.terminate());
    server.close();
  });
  return { server, address: `127.0.0.1:${server.address().port}` };
};

/** The package's own receiver. */
const receive = (address: string): Received[] => {
  vi.stubGlobal('WebSocket', packageThere('ws').WebSocket);
  onTestFinished(() => void vi.unstubAllGlobals());
  const received: Received[] = [];
  packageThere('@xstate/inspect')
    .createWebSocketReceiver({ server: address })
    .subscribe((message) => void received.push(message));
  return received;
};

/** A bare connection, and the text of all that came by it. */
const connect = async (address: string, origin?: string) => {
  const texts: string[] = [];
  const socket: Socket = new (packageThere('ws').WebSocket)(`ws://${address}`, origin ? { origin } : {});
  socket.on('message', (data: { toString(): string }) => void texts.push(data.toString()));
  await once(socket as never, 'open');
  return { texts, socket, ask: (message: object) => socket.send(JSON.stringify(message)) };
};

const hello = { type: 'xstate.inspecting' };

const isThere = async (received: readonly unknown[]): Promise<void> =>
  expect.poll(() => received.length).toBeGreaterThan(0);

const ofType = (received: readonly Received[], type: Received['type']): readonly Received[] =>
  received.filter((message) => message.type === type);

/** An open inspector with the package's receiver, and a session it shows. */
const open = async () => {
  const { server, address } = await startServer();
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
  expect([...new Set(tops)].toSorted()).toEqual([
    'anonymous',
    'authenticated',
    'expired',
    'idle',
    'refreshing',
  ]);
});

test('what is received is a machine that XState 4 can run, and it goes where the session went', async () => {
  const { address, session } = await open();
  const received = receive(address);
  await isThere(received);
  await tellStory(session);
  const isOver = ({ state }: Received): boolean => state._event.name === 'signOutRequested';
  await expect.poll(() => ofType(received, 'service.state').some(isOver)).toBe(true);

  const [{ machine, sessionId, state: first }] = ofType(received, 'service.register') as [Received];
  expect(machine.initialState.value).toEqual({ anonymous: 'restoring' });
  expect(machine.transition('authenticated', 'due').value).toEqual({ refreshing: 'granting' });
  const states = ofType(received, 'service.state').filter((message) => message.sessionId === sessionId);
  expect(states.length).toBeGreaterThan(40);
  let before = first;
  for (const { state } of states) {
    const { name } = state._event;
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
  for (const [path, { guard, target }] of edges) {
    const value = path.length > 1 ? { [path[0]!]: path[1] } : path[0];
    const [to] = target ?? [];
    const { value: after } = machine.transition(value, String(guard));
    const entered = to?.path ?? path;
    expect(JSON.stringify(after), `${path.join('.')}--${String(guard)}`).toContain(`"${entered.at(-1)}"`);
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
  const { server, address } = await startServer();
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

test('a receiver that throws stops neither the machine nor the others', async () => {
  const listeners: ((...args: never[]) => void)[] = [];
  const server = {
    on: (_: string, listener: (...args: never[]) => void) => listeners.push(listener),
    off: () => undefined,
  };
  const printed = vi.spyOn(console, 'error').mockReturnValue();
  const inspector = await openXStateInspector({ server });
  onTestFinished(inspector.stop);
  const sent: string[] = [];
  let isBroken = false;
  const onMessage: ((data: string, isBinary: boolean) => void)[] = [];
  const socket = {
    send(text: string) {
      if (isBroken) throw new Error('The receiver is broken');
      sent.push(text);
    },
    on: (type: string, listener: (data: string, isBinary: boolean) => void) =>
      type === 'message' && onMessage.push(listener),
    off: () => undefined,
  };
  listeners.forEach((listener) => listener(socket as never, { headers: {} } as never));
  onMessage.forEach((listener) => listener(JSON.stringify(hello), false));
  const session = createTestSession();
  session.inspect(inspector.inspect);
  await session.enter('authenticated');
  const told = sent.length;
  expect(told).toBeGreaterThan(7);

  isBroken = true;
  await session.enter('refreshing');
  expect(session.state).toBe('refreshing.granting');
  expect([sent.length, printed.mock.calls.length > 0]).toEqual([told, true]);

  isBroken = false;
  await session.enter('idle');
  expect(sent.at(-1)).toContain('service.state');
  expect(sent.length).toBeGreaterThan(told);
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
  await once(echo.socket as never, 'close');
  expect(viewer.texts.length).toBe(told);
  expect(session.state).toBe('idle.quiet');
});

test('no token and no user is in any message, also where services of the app answer with more', async () => {
  const { server, address } = await startServer();
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
  await expect.poll(() => viewer.texts.join('')).toContain('refresh.failed');
  await expect.poll(() => viewer.texts.join('')).toContain('renewed');

  expect(viewer.texts.length).toBeGreaterThan(50);
  expect(viewer.texts.filter((text) => text.includes('planted'))).toEqual([]);
});

test.each([
  ['an address', { url: 'nowhere' }, 'option_invalid'],
  ['one place only', { iframe: {} as HTMLIFrameElement, window: {} as Window }, 'option_invalid'],
  ['a window, or a server', {}, 'platform_unsupported'],
])('it needs %s', async (_, options, code) => {
  await expect(openXStateInspector(options)).rejects.toMatchObject({ code });
});
