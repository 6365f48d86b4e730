import fc from 'fast-check';
import type { Run } from './run.ts';
import type { TokenFault } from './server.ts';

/** What each command can reach: the session as it is. The oracle sits in the server and the run, not in a model. */
type Model = Record<string, never>;
type Command = fc.AsyncCommand<Model, Run>;

const command = (name: string, act: (run: Run) => void | Promise<void>): Command => ({
  check: () => true,
  async run(_, run) {
    run.log.push(`> ${name}`);
    await act(run);
    await run.settle();
  },
  toString: () => name,
});

const advance = (ms: number): Command => command(`advance(${ms})`, (run) => run.world.advance(ms));

const always = (...commands: Command[]): fc.Arbitrary<Command> => fc.constantFrom(...commands);

const tokenFaults: TokenFault[] = [
  'busy',
  'slow down',
  'invalid_client',
  'revoked',
  'html',
  'lost before',
  'lost after',
  'silent',
  'no refresh token',
  'one second',
];

/** Weighted so that a run signs in, stays a while, asks for much and meets trouble now and then. */
export const commands = fc.oneof(
  { weight: 4, arbitrary: always(command('signIn', (run) => run.signIn())) },
  { weight: 10, arbitrary: always(command('request', (run) => run.request())) },
  { weight: 3, arbitrary: always(command('ky', (run) => run.requestThroughKy())) },
  { weight: 1, arbitrary: always(command('token', (run) => run.token())) },
  { weight: 9, arbitrary: always(command('active', (run) => run.activate())) },
  { weight: 3, arbitrary: always(command('activeElsewhere', (run) => run.activeElsewhere())) },
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 3000 }).map(advance) },
  { weight: 8, arbitrary: fc.integer({ min: 3000, max: 20_000 }).map(advance) },
  { weight: 3, arbitrary: fc.integer({ min: 20_000, max: 90_000 }).map(advance) },
  { weight: 1, arbitrary: always(command('signOut', (run) => run.signOut())) },
  { weight: 2, arbitrary: always(command('renew', (run) => run.renew())) },
  {
    weight: 1,
    arbitrary: always(
      command('stay', (run) => run.stay()),
      command('start', (run) => run.start()),
    ),
  },
  { weight: 2, arbitrary: always(command('hold', (run) => run.toggleHold())) },
  {
    weight: 2,
    arbitrary: fc
      .integer({ min: 1000, max: 120_000 })
      .map((ms) => command(`sleep(${ms})`, (run) => run.world.sleep(ms))),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 1000, max: 60_000 })
      .map((ms) => command(`suspend(${ms})`, (run) => run.world.suspend(ms))),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: -7_200_000, max: 7_200_000 })
      .map((ms) => command(`jumpWall(${ms})`, (run) => run.world.jumpWall(ms))),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...tokenFaults)
      .map((fault) => command(`fault(${fault})`, (run) => run.fault(fault))),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(401, 500, 0)
      .map((status) => command(`api(${status})`, (run) => run.apiFault(status))),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('access' as const, 'both' as const)
      .map((what) => command(`sendAlong(${what})`, (run) => run.sendAlong(what))),
  },
  { weight: 1, arbitrary: always(command('revokeAll', (run) => run.server.revokeAll())) },
  {
    weight: 1,
    arbitrary: always(
      command('online', (run) => run.network('online')),
      command('offline', (run) => run.network('offline')),
      command('wake', (run) => run.wake(false)),
      command('back', (run) => run.wake(true)),
    ),
  },
  {
    weight: 3,
    arbitrary: always(
      command('reload', (run) => run.reload()),
      command('restart', (run) => run.restart()),
      command('endLogin', (run) => run.server.endLogin()),
      command('throwing', (run) => run.throwing(true)),
      command('calm', (run) => run.throwing(false)),
    ),
  },
);
