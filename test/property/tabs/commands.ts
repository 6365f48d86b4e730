import fc from 'fast-check';
import { count } from '../model/tally.ts';
import type { Foreign, TabActs } from './acts.ts';
import { tokenFaults } from './provider.ts';
import type { TabRun } from './run.ts';
import { isWide } from './setting.ts';

/** What each command can reach. */
interface Real {
  readonly run: TabRun;
  readonly acts: TabActs;
}
type Command = fc.AsyncCommand<Record<string, never>, Real>;

/** By what name each command is counted. */
const kinds = new Set<string>();

const command = (kind: string, act: (acts: TabActs, run: TabRun) => unknown, name = kind): Command => ({
  check: () => true,
  async run(_, { run, acts }) {
    // No task of a tab is cut in two.
    await run.settle();
    run.log.push(`> ${name} at ${run.clocks.trueMs()}`);
    count(run.tally.kinds, kind);
    await act(acts, run);
    await run.settle();
  },
  toString: () => name,
});

const numbers = fc.integer({ min: 0, max: 3 });

const plain = (kind: string, act: (acts: TabActs, run: TabRun) => unknown): fc.Arbitrary<Command> => {
  kinds.add(kind);
  return fc.constant(command(kind, act));
};

const inTab = (kind: string, act: (acts: TabActs, number: number) => unknown): fc.Arbitrary<Command> => {
  kinds.add(kind);
  return numbers.map((number) => command(kind, (acts) => act(acts, number), `${kind}(${number})`));
};

const oneOfInTab = <T extends string>(
  kind: string,
  values: readonly T[],
  act: (acts: TabActs, number: number, value: T) => unknown,
): fc.Arbitrary<Command> => {
  for (const value of values) kinds.add(`${kind} ${value}`);
  return fc
    .tuple(numbers, fc.constantFrom(...values))
    .map(([number, value]) =>
      command(`${kind} ${value}`, (acts) => act(acts, number, value), `${kind} ${value}(${number})`),
    );
};

const oneOf = <T extends string>(
  kind: string,
  values: readonly T[],
  act: (acts: TabActs, value: T, run: TabRun) => unknown,
): fc.Arbitrary<Command> => {
  for (const value of values) kinds.add(`${kind} ${value}`);
  return fc
    .constantFrom(...values)
    .map((value) => command(`${kind} ${value}`, (acts, run) => act(acts, value, run)));
};

const lasting = (
  kind: string,
  [min, max]: [number, number],
  act: (acts: TabActs, ms: number, run: TabRun) => unknown,
): fc.Arbitrary<Command> => {
  kinds.add(kind);
  return fc
    .integer({ min, max })
    .map((ms) => command(kind, (acts, run) => act(acts, ms, run), `${kind}(${ms})`));
};

const advance = (min: number, max: number): fc.Arbitrary<Command> =>
  lasting('advance', [min, max], (_, ms, run) => run.advance(ms));

const heldUp = [
  'record .* in 1',
  'record .* in 2',
  'heard in',
  'refresh_token arrives',
  'refresh_token answered',
  'message',
  'lock',
  'storage',
  'authori',
  ' in 1$',
  ' in 2$',
  ' in 3$',
] as const;

const foreign: readonly Foreign[] = [
  'garbage',
  'of a later version',
  'an old message',
  'old tokens by the right numbers',
  ...(isWide ? (['old tokens as an answer'] as const) : []),
  'changed',
];

const weighted = (weight: number, arbitrary: fc.Arbitrary<Command>) => ({ weight, arbitrary });

/** Weighted so that somebody is signed in most of the time, tabs come and go, and renewals meet all of it. */
export const tabCommands = fc.oneof(
  weighted(
    3,
    inTab('signIn ada', (acts, number) => acts.signIn(number, 'ada')),
  ),
  weighted(
    2,
    inTab('signIn bob', (acts, number) => acts.signIn(number, 'bob')),
  ),
  weighted(
    2,
    inTab('signOut', (acts, number) => acts.signOut(number)),
  ),
  weighted(
    1,
    inTab('sign in away', (acts, number) => acts.signInAway(number, false)),
  ),
  weighted(
    1,
    inTab('be asked again', (acts, number) => acts.signInAway(number, true)),
  ),
  weighted(
    2,
    inTab('require', (acts, number) => acts.require(number)),
  ),
  weighted(
    1,
    inTab('sign out away', (acts, number) => acts.signOutAway(number)),
  ),
  weighted(
    4,
    oneOfInTab(
      'answer page',
      ['ada', 'bob', 'access_denied', 'temporarily_unavailable'] as const,
      (acts, number, how) => acts.answerPage(number, how),
    ),
  ),
  weighted(
    12,
    inTab('active', (acts, number) => acts.activate(number)),
  ),
  weighted(
    10,
    inTab('request', (acts, number) => acts.request(number)),
  ),
  weighted(
    8,
    plain('request everywhere', (acts) => acts.requestEverywhere()),
  ),
  weighted(
    4,
    inTab('renew', (acts, number) => acts.renew(number)),
  ),
  weighted(
    1,
    inTab('touch', (acts, number) => acts.touch(number)),
  ),
  weighted(
    1,
    inTab('keep awake', (acts, number) => acts.keepAwake(number)),
  ),
  weighted(
    1,
    inTab('let sleep', (acts, number) => acts.letSleep(number)),
  ),
  weighted(
    1,
    inTab('stay', (acts, number) => acts.stay(number)),
  ),
  weighted(12, advance(1, 1000)),
  weighted(14, advance(1000, 8000)),
  weighted(6, advance(8000, 30_000)),
  weighted(1, advance(30_000, 90_000)),
  weighted(
    4,
    plain('open', (acts) => acts.open()),
  ),
  weighted(
    2,
    inTab('close', (acts, number) => acts.close(number)),
  ),
  weighted(
    3,
    inTab('kill', (acts, number) => acts.kill(number)),
  ),
  weighted(
    3,
    inTab('reload', (acts, number) => acts.reload(number)),
  ),
  weighted(
    2,
    inTab('duplicate', (acts, number) => acts.duplicate(number)),
  ),
  weighted(
    3,
    inTab('freeze', (acts, number) => acts.freeze(number)),
  ),
  weighted(
    6,
    inTab('stop dead', (acts, number) => acts.stopDead(number)),
  ),
  weighted(
    3,
    inTab('rest', (acts, number) => acts.rest(number)),
  ),
  weighted(
    10,
    inTab('thaw', (acts, number) => acts.thaw(number)),
  ),
  weighted(
    1,
    inTab('stop and start', (acts, number) => acts.stopAndStart(number)),
  ),
  weighted(
    1,
    inTab('stop', (acts, number) => acts.stop(number)),
  ),
  weighted(
    2,
    inTab('start', (acts, number) => acts.start(number)),
  ),
  weighted(
    1,
    inTab('sent along', (acts, number) => acts.adopt(number, 'an access token')),
  ),
  weighted(
    1,
    inTab('sent along late', (acts, number) => acts.adoptLate(number, 'an access token')),
  ),
  ...(isWide
    ? (['a newer refresh token', 'all of a renewal'] as const).map((what) =>
        weighted(
          1,
          inTab(`sent along: ${what}`, (acts, number) => acts.adopt(number, what)),
        ),
      )
    : []),
  weighted(
    1,
    inTab('wake', (acts, number) => acts.wake(number)),
  ),
  weighted(
    1,
    inTab('record refuses', (acts, number) => acts.breakRecord(number, 'refuses')),
  ),
  weighted(
    1,
    inTab('record hangs', (acts, number) => acts.breakRecord(number, 'hangs')),
  ),
  weighted(
    1,
    inTab('record full', (acts, number) => acts.breakRecord(number, 'full')),
  ),
  weighted(
    1,
    inTab('record works again', (acts, number) => acts.mendRecord(number)),
  ),
  weighted(
    2,
    oneOfInTab('storage', ['throws', 'full', 'hangs'] as const, (acts, number, how) =>
      acts.breakStorage(number, how),
    ),
  ),
  weighted(
    1,
    inTab('storage works again', (acts, number) => acts.mendStorage(number)),
  ),
  weighted(
    1,
    plain('storage loses all', (acts) => acts.loseStored()),
  ),
  weighted(
    1,
    plain('clear site data', (acts) => acts.clearSiteData()),
  ),
  weighted(
    12,
    oneOf('fault', tokenFaults, (_, fault, run) => run.provider.fail(fault)),
  ),
  weighted(
    1,
    plain('offline', (acts) => acts.network('offline')),
  ),
  weighted(
    2,
    plain('online', (acts) => acts.network('online')),
  ),
  weighted(
    2,
    inTab('hide', (acts, number) => acts.hide(number)),
  ),
  weighted(
    3,
    inTab('show', (acts, number) => acts.show(number)),
  ),
  weighted(
    1,
    plain('frames fail', (_, { provider }) => provider.failFrames(true)),
  ),
  weighted(
    2,
    oneOf('at the provider', ['ada', 'bob', 'nobody'] as const, (acts, who) =>
      acts.cookie(who === 'nobody' ? undefined : who),
    ),
  ),
  weighted(
    3,
    oneOf('foreign', foreign, (acts, what) => acts.foreign(what)),
  ),
  weighted(
    1,
    lasting('suspend', [1000, 60_000], (acts, ms) => acts.suspend(ms)),
  ),
  weighted(
    1,
    lasting('sleep', [1000, 60_000], (acts, ms) => acts.sleep(ms)),
  ),
  weighted(
    1,
    lasting('jumpWall', [-600_000, 600_000], (acts, ms) => acts.jumpWall(ms)),
  ),
  weighted(
    5,
    oneOf('hold up', heldUp, (acts, kind) => acts.holdUp(kind)),
  ),
  weighted(
    5,
    plain('let through', (acts) => acts.letThrough()),
  ),
);

/** What the runs together have to exercise. */
export const expectedTabKinds: readonly string[] = [
  ...kinds,
  ...[...new Set(tokenFaults)].map((fault) => `met: fault ${fault}`),
];
