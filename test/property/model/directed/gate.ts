import { type CallSpec, plainCall } from '../call.ts';
import { API } from '../addresses.ts';
import type { Script } from './script.ts';

const bodies: CallSpec['body'][] = ['form', 'bytes', 'text'];
const shapes: CallSpec['headers'][] = ['record', 'pairs', 'Headers', 'Request', 'own authorization'];

/** A call that waits for a renewal, and what happens meanwhile. */
const waiting = (
  finding: string,
  name: string,
  spec: Partial<CallSpec>,
  meanwhile: (scene: Parameters<Script['play']>[0]) => void = () => {},
): Script => ({
  finding,
  name,
  setting: { origins: ['self', API], storage: false },
  async play(scene) {
    const { run, acts, director, signIn, quiet } = scene;
    await signIn();
    run.clocks.suspend(9500);
    acts.activate();
    director.hold(/refresh_token/);
    acts.request({ ...plainCall, ...spec });
    meanwhile(scene);
    await quiet();
    director.release();
    await quiet();
  },
});

export const gateScripts: readonly Script[] = [
  waiting(
    'A3',
    'a `<base>` that appears while a call waits leads it nowhere',
    { address: 'relative' },
    ({ acts }) => acts.setBase('evil'),
  ),
  {
    finding: 'A3',
    name: 'nor one that appears before the repeat after a 401',
    setting: { origins: ['self', API], storage: false },
    async play({ acts, director, signIn, quiet }) {
      await signIn();
      acts.apiFault(401);
      director.hold(/refresh_token/);
      acts.request({ ...plainCall, address: 'relative' });
      await quiet();
      acts.setBase('evil');
      director.release();
      await quiet();
    },
  },
  ...bodies.map((body) => waiting('A12', `a body is taken at the call: ${body}`, { body, changes: true })),
  ...bodies.map((body): Script => ({
    finding: 'A12',
    name: `also for the repeat after a 401: ${body}`,
    setting: { storage: false },
    async play({ acts, signIn, quiet }) {
      await signIn();
      acts.apiFault(401);
      acts.request({ ...plainCall, body, changes: true });
      await quiet();
    },
  })),
  ...shapes.map((headers) =>
    waiting('mutants', `headers go as they were given: ${headers}`, { headers, changes: true, body: 'text' }),
  ),
  {
    finding: 'B2',
    name: 'one 401 and a renewal that fails: the fresh token is used again',
    setting: { lifeSeconds: 60, refreshSeconds: null, storage: false },
    async play({ acts, signIn, quiet }) {
      await signIn();
      acts.apiFault(401);
      acts.fault('busy');
      acts.request();
      await quiet();
      acts.request();
      await quiet();
    },
  },
  {
    finding: 'B2',
    name: 'one 401, a renewal that fails, and a user who was away: the API is reachable',
    setting: { lifeSeconds: 3600, refreshSeconds: null, storage: false, idle: { after: 15_000 } },
    async play({ run, acts, signIn, stay, quiet }) {
      await signIn();
      acts.apiFault(401);
      acts.fault('wait a year');
      acts.request();
      await stay(9000);
      await run.clocks.advance(30_000);
      acts.activate();
      await quiet();
      acts.request();
      await stay(6000);
    },
  },
  {
    finding: 'mutants',
    name: 'a 401 without a body is repeated',
    setting: { storage: false },
    async play({ acts, signIn, quiet }) {
      await signIn();
      acts.apiFault('401 without a body');
      acts.request();
      await quiet();
    },
  },
  {
    finding: 'mutants',
    name: 'one call that is aborted does not keep the others waiting',
    setting: { storage: false },
    async play({ run, acts, director, signIn, quiet }) {
      await signIn();
      run.clocks.suspend(9500);
      acts.activate();
      director.hold(/refresh_token/);
      acts.request({ ...plainCall, signal: true });
      acts.request();
      acts.request();
      await quiet();
      acts.abort();
      director.release();
      await quiet();
    },
  },
  {
    finding: 'mutants',
    name: 'a margin is kept, and a token that is long enough is not refused',
    setting: { lifeSeconds: 60, refreshSeconds: null, storage: false },
    async play({ run, acts, director, signIn, quiet }) {
      await signIn();
      run.clocks.suspend(35_000);
      acts.activate();
      director.hold(/refresh_token/);
      acts.token(30_000);
      await quiet();
      acts.network('online');
      acts.activate();
      await quiet();
      director.release();
      await quiet();
    },
  },
  {
    finding: 'mutants',
    name: "the page's own origin gets a token only if it is listed",
    setting: { storage: false },
    async play({ acts, signIn, quiet }) {
      await signIn();
      acts.request({ ...plainCall, address: 'relative' });
      acts.request({ ...plainCall, address: 'self' });
      for (let each = 0; each < 3; each++) acts.request({ ...plainCall, address: 'lookalike' });
      await quiet();
    },
  },
];
