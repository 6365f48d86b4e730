import fc from 'fast-check';
import type { Acts, AtProvider } from './acts.ts';
import type { Alongside, ApiFault } from './api.ts';
import type { CallSpec } from './call.ts';
import type { Field, Oddity } from './mint.ts';
import type { Refusal, TokenFault } from './provider.ts';
import type { Run } from './run.ts';
import { count } from './tally.ts';

/** What each command can reach. The oracle sits in the world, not in a model. */
interface Real {
  readonly run: Run;
  readonly acts: Acts;
}
type Model = Record<string, never>;
type Command = fc.AsyncCommand<Model, Real>;

/** By what name each command is counted. */
const kinds = new Set<string>();

const command = (
  name: string,
  act: (acts: Acts, run: Run) => void | Promise<void>,
  kind = name,
): Command => ({
  check: () => true,
  async run(_, { run, acts }) {
    run.log.push(`> ${name} at ${run.clocks.trueMs()}`);
    count(run.tally.kinds, kind);
    await act(acts, run);
    await run.settle();
  },
  toString: () => name,
});

/** One of these, each as likely as the next. */
const oneOf = <T extends string | number>(
  kind: string,
  values: readonly T[],
  act: (acts: Acts, value: T) => void,
): fc.Arbitrary<Command> =>
  always(...values.map((value) => command(`${kind} ${value}`, (acts) => act(acts, value))));

const always = (...some: Command[]): fc.Arbitrary<Command> => {
  for (const one of some) kinds.add(String(one));
  return fc.constantFrom(...some);
};

const kindOf = <T>(kind: string, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T> => {
  kinds.add(kind);
  return arbitrary;
};

const lasting = (
  kind: string,
  [min, max]: [number, number],
  act: (acts: Acts, ms: number, run: Run) => void | Promise<void>,
): fc.Arbitrary<Command> =>
  kindOf(kind, fc.integer({ min, max })).map((ms) =>
    command(`${kind}(${ms})`, (acts, run) => act(acts, ms, run), kind),
  );

const advance = (min: number, max: number): fc.Arbitrary<Command> =>
  lasting('advance', [min, max], (_, ms, { clocks }) => clocks.advance(ms));

const tokenFaults: TokenFault[] = [
  'busy',
  'slow down',
  'wait a year',
  'wait for ever',
  'invalid_client',
  'revoked',
  'html',
  'lost before',
  'lost after',
  'silent',
  'late',
  'one second',
  'other user',
  'other user',
  'bad id token',
  'no id token',
];
const fields: Field[] = [
  'access_token',
  'token_type',
  'expires_in',
  'refresh_token',
  'refresh_expires_in',
  'id_token',
  'scope',
];
const oddities: TokenFault[] = (['null', 'missing', 'odd'] satisfies Oddity['as'][]).flatMap((as) =>
  fields.map((field): TokenFault => `${as} ${field}`),
);
const refusals: Refusal[] = ['revoked', '401 invalid_request', '400 interaction_required', '404', 'html'];
const apiFaults: ApiFault[] = [401, 401, '401 without a body', 500, 'lost'];
const alongs: Alongside[] = ['access', 'both', 'bare', 'other user'];
const atProvider: AtProvider[] = [
  'ada',
  'ada',
  'ada',
  'bob',
  'refuses',
  'goes back',
  'leaves it',
  'is known',
  'is known',
  'fails',
  'another issuer',
];

const heldUp = [
  'refresh',
  'password',
  'authorization_code',
  'record',
  'storage',
  'chunk',
  'authorize',
  'request',
];

const call: fc.Arbitrary<CallSpec> = fc.record({
  address: fc.constantFrom('api', 'api', 'other api', 'self', 'relative', 'lookalike'),
  headers: fc.constantFrom('record', 'record', 'pairs', 'Headers', 'Request', 'own authorization'),
  body: fc.constantFrom('none', 'text', 'form', 'bytes'),
  changes: fc.boolean(),
  signal: fc.boolean(),
});

const requestAs = (spec: CallSpec): Command =>
  command(`request ${Object.values(spec).join('/')}`, (acts) => acts.request(spec), 'request in some shape');

const meanwhile = {
  nothing: () => {},
  'Ada signs out': (acts: Acts) => acts.signOutElsewhere(),
  'Bob signs in': (acts: Acts) => acts.signInElsewhere('bob'),
} as const;

const restWhile = (what: keyof typeof meanwhile): fc.Arbitrary<Command> =>
  lasting(`rest while ${what}`, [100, 30_000], (acts, ms) => acts.rest(() => meanwhile[what](acts), ms));

const weighted = (weight: number, arbitrary: fc.Arbitrary<Command>) => ({ weight, arbitrary });

/** Weighted so that a run signs in, stays a while, asks for much and meets trouble now and then. */
export const commands = fc.oneof(
  weighted(8, always(command('signIn ada', (acts) => void acts.signIn()))),
  weighted(2, always(command('signIn bob', (acts) => void acts.signIn('bob')))),
  weighted(3, always(command('signIn there', (acts) => acts.signInThere()))),
  weighted(1, always(command('signIn there anew', (acts) => acts.signInThere('login')))),
  weighted(2, always(command('require', (acts) => acts.require()))),
  weighted(
    10,
    oneOf('at the provider', atProvider, (acts, what) => acts.atThePage(what)),
  ),
  weighted(14, always(command('request', (acts) => acts.request()))),
  weighted(12, kindOf('request in some shape', call).map(requestAs)),
  weighted(4, always(command('abort', (acts) => acts.abort()))),
  weighted(5, always(command('ky', (acts) => acts.requestThroughKy()))),
  weighted(3, always(command('token', (acts) => acts.token()))),
  weighted(
    4,
    oneOf('token with margin', [1000, 2500, 5000, 30_000], (acts, ms) => acts.token(ms)),
  ),
  weighted(18, always(command('active', (acts) => acts.activate()))),
  weighted(6, always(command('activeElsewhere', (acts) => acts.activeElsewhere()))),
  weighted(16, advance(1, 3000)),
  weighted(16, advance(3000, 20_000)),
  weighted(5, advance(20_000, 90_000)),
  weighted(2, always(command('signOut', (acts) => void acts.signOut()))),
  weighted(2, always(command('signOut there', (acts) => void acts.signOut(true)))),
  weighted(4, always(command('renew', (acts) => acts.renew()))),
  weighted(2, always(command('stay', (acts) => acts.stay()))),
  weighted(2, always(command('start', (acts) => acts.start()))),
  weighted(1, always(command('stop', (acts) => acts.stop()))),
  weighted(4, always(command('hold', (acts) => acts.toggleHold()))),
  weighted(
    4,
    lasting('sleep', [1000, 120_000], (_, ms, { clocks }) => clocks.sleep(ms)),
  ),
  weighted(
    4,
    lasting('suspend', [1000, 60_000], (_, ms, { clocks }) => clocks.suspend(ms)),
  ),
  weighted(
    1,
    lasting('jumpWall', [-7_200_000, 7_200_000], (_, ms, { clocks }) => clocks.jumpWall(ms)),
  ),
  weighted(
    8,
    oneOf('fault', tokenFaults, (acts, fault) => acts.fault(fault)),
  ),
  weighted(
    3,
    oneOf('fault', oddities, (acts, fault) => acts.fault(fault)),
  ),
  weighted(
    1,
    oneOf('refuse', refusals, (acts, how) => acts.refuse(how)),
  ),
  weighted(1, always(command('refuse no more', (acts) => acts.refuse(undefined)))),
  weighted(1, always(command('chunk lost', (acts) => acts.loseChunk()))),
  weighted(1, always(command('frames fail', (acts) => acts.failFrames(true)))),
  weighted(
    4,
    oneOf('api', apiFaults, (acts, fault) => acts.apiFault(fault)),
  ),
  weighted(
    4,
    oneOf('sendAlong', alongs, (acts, what) => acts.sendAlong(what)),
  ),
  weighted(1, always(command('revokeAll', (_, { mint }) => mint.revokeAll()))),
  weighted(2, always(command('Bob at the provider', (acts) => acts.atProvider('bob')))),
  weighted(2, always(command('nobody at the provider', (acts) => acts.atProvider(undefined)))),
  weighted(1, always(command('signOut elsewhere', (acts) => acts.signOutElsewhere()))),
  weighted(
    2,
    oneOf('signIn elsewhere', ['ada', 'bob'] as const, (acts, sub) => acts.signInElsewhere(sub)),
  ),
  weighted(
    3,
    oneOf('record', ['lost', 'older', 'newer'] as const, (acts, mishap) => acts.record(mishap)),
  ),
  weighted(
    1,
    lasting('outage', [1000, 40_000], (acts, ms) => acts.outage(ms)),
  ),
  weighted(1, always(command('online too early', (acts) => (acts.outage(100), acts.network('online'))))),
  weighted(
    2,
    oneOf('network', ['online', 'offline'] as const, (acts, type) => acts.network(type)),
  ),
  weighted(1, always(command('wake', (acts) => acts.wake()))),
  weighted(1, restWhile('nothing')),
  weighted(1, restWhile('Ada signs out')),
  weighted(1, restWhile('Bob signs in')),
  weighted(3, always(command('request, then base', (acts) => acts.requestThenBase()))),
  weighted(2, always(command('reload and waver', (acts) => acts.reloadAndWaver()))),
  weighted(
    2,
    oneOf('base', ['evil', 'home'] as const, (acts, where) => acts.setBase(where)),
  ),
  weighted(
    4,
    oneOf('hold up', heldUp, (acts, kind) => acts.holdUp(kind)),
  ),
  weighted(4, always(command('let through', (acts) => acts.letThrough()))),
  weighted(1, always(command('hide', (acts) => acts.hide()))),
  weighted(1, always(command('show', (acts) => acts.show()))),
  weighted(2, always(command('reload', (acts) => acts.reload()))),
  weighted(1, always(command('restart', (acts) => acts.restart()))),
  weighted(1, always(command('throwing', (acts) => acts.throwing(true)))),
  weighted(1, always(command('calm', (acts) => acts.throwing(false)))),
  weighted(1, always(command('rearm', (acts) => acts.rearm()))),
  weighted(
    1,
    oneOf('signedIn, then', ['signOut', 'stop', 'signIn'] as const, (acts, act) =>
      acts.reenter('signedIn', act),
    ),
  ),
);

const distinct = (prefix: string, values: readonly (string | number)[]): string[] =>
  [...new Set(values)].map((value) => `met: ${prefix} ${value}`);

/** What the runs together have to exercise: each command, and each fault where it comes to bear. */
export const expectedKinds: readonly string[] = [
  ...kinds,
  ...distinct('fault', [...tokenFaults, ...oddities]),
  ...distinct('refuse', refusals),
  ...distinct('api', apiFaults),
  ...distinct('sendAlong', alongs),
  ...distinct('at the provider', atProvider),
];
