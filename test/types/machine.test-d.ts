import { expectTypeOf, test } from 'vitest';
import { createActor } from 'xstate';
import {
  type ExpiredReason,
  type Failure,
  type Lease,
  type SessionContext,
  type SessionEvent,
  type SessionFact,
  createSessionMachine,
  loginFrom,
  refreshFrom,
  serviceFrom,
} from 'token-vigil/machine';

const machine = createSessionMachine();
const actor = createActor(machine);

test('the machine takes its seams and its settings in part, or not at all', () => {
  expectTypeOf(createSessionMachine({ random: () => 0 })).toEqualTypeOf(machine);
  createActor(machine, { input: { rescue: true } });
  createActor(machine, { input: { idle: null } });
  // @ts-expect-error -- no such setting
  createActor(machine, { input: { idleAfter: 5 } });
  // @ts-expect-error -- idle settings come whole: see defaultMachineSettings
  createActor(machine, { input: { idle: { afterMs: 5 } } });
});

test('only events of the machine can be sent', () => {
  expectTypeOf<Parameters<typeof actor.send>>().toEqualTypeOf<[event: SessionEvent]>();
  actor.send({ type: 'session.signIn', ticket: 1 });
  actor.send({ type: 'session.renew', by: 'gate', refused: 2 });
  // @ts-expect-error -- a sign-in has a request
  actor.send({ type: 'session.signIn' });
  // @ts-expect-error -- no such event
  actor.send({ type: 'session.logIn' });
  // @ts-expect-error -- a renewal is asked for by the app or the gate
  actor.send({ type: 'session.renew', by: 'user' });
});

test('facts are told with what belongs to them', () => {
  actor.on('expired', ({ reason }) => expectTypeOf(reason).toEqualTypeOf<ExpiredReason>());
  actor.on('renewalFailed', ({ failure }) => expectTypeOf(failure).toEqualTypeOf<Failure>());
  actor.on('warned', ({ deadline }) => expectTypeOf(deadline.wallMs).toEqualTypeOf<number>());
  actor.on('*', (fact) => expectTypeOf(fact).toEqualTypeOf<SessionFact>());
  // @ts-expect-error -- no such fact
  actor.on('loggedIn', () => {});
});

test('tags and states are a closed vocabulary', () => {
  const snapshot = actor.getSnapshot();
  expectTypeOf(snapshot.tags).toEqualTypeOf<Set<string>>();
  snapshot.hasTag('signedIn');
  snapshot.matches({ idle: 'warning' });
  snapshot.matches('authenticated');
  // @ts-expect-error -- no such tag
  snapshot.hasTag('loggedIn');
  // @ts-expect-error -- no such state
  snapshot.matches('loggedIn');
});

test('what is known is read only', () => {
  const { context } = actor.getSnapshot();
  expectTypeOf(context).toEqualTypeOf<SessionContext>();
  // @ts-expect-error -- the machine's alone
  context.leaving = true;
  expectTypeOf(context.lease).toEqualTypeOf<Lease | null>();
});

test('services can be replaced by functions of your own, and by nothing else', () => {
  const provided = machine.provide({
    actors: {
      login: loginFrom(async ({ kind }) => (kind === 'restore' ? null : { expires_in: 60, renewable: true })),
      refresh: refreshFrom(async () => ({ renewable: true })),
      record: serviceFrom(async () => undefined),
    },
  });
  expectTypeOf(provided).toEqualTypeOf(machine);
  // @ts-expect-error -- a login says whether its tokens can be renewed
  loginFrom(async () => ({ expires_in: 60 }));
  // @ts-expect-error -- a renewal answers with tokens, or throws
  refreshFrom(async () => null);
  // @ts-expect-error -- no such service
  machine.provide({ actors: { logout: serviceFrom(async () => undefined) } });
});

test('no event, fact or context has room for a token', () => {
  type Keys<T> = T extends unknown ? keyof T : never;
  type Secret =
    | 'token'
    | 'accessToken'
    | 'refreshToken'
    | 'idToken'
    | 'access_token'
    | 'refresh_token'
    | 'id_token';
  expectTypeOf<
    Extract<Keys<SessionEvent> | Keys<SessionFact> | Keys<SessionContext> | Keys<Lease>, Secret>
  >().toBeNever();
});
