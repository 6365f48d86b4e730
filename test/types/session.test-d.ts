import { expectTypeOf, test } from 'vitest';
import {
  createSession,
  type IdTokenClaims,
  type Selection,
  type Session,
  type SessionFact,
  type SessionView,
  type Stop,
} from 'token-vigil';
import { createFakeSession } from 'token-vigil/testing';

const provider = { issuer: 'https://id.example.com', clientId: 'web' };

test('the user is the ID token’s claims, or what the mapper makes of them', () => {
  expectTypeOf(createSession(provider).user).toEqualTypeOf<IdTokenClaims | null>();
  expectTypeOf(createSession(provider)).toEqualTypeOf<Session>();
  const mapped = createSession({ ...provider, user: ({ idToken }) => ({ id: idToken?.sub ?? '' }) });
  expectTypeOf(mapped).toEqualTypeOf<Session<{ id: string }>>();
  expectTypeOf(mapped.require()).resolves.toEqualTypeOf<{ id: string }>();
});

test('facts are told apart by their name', () => {
  const session = createSession(provider);
  session.on('warned', ({ deadline }) => expectTypeOf(deadline.wallMs).toBeNumber());
  session.on('expired', ({ reason }) => expectTypeOf(reason).not.toBeAny());
  session.on('*', (fact) => expectTypeOf(fact).toEqualTypeOf<SessionFact>());
  // @ts-expect-error -- no such fact
  session.on('expiring', () => {});
});

test('a session is a fetch', () => {
  expectTypeOf(createSession(provider).fetch).toEqualTypeOf<typeof fetch>();
});

test('options are checked by name', () => {
  expectTypeOf(createSession).parameter(0).toHaveProperty('clientId');
  // @ts-expect-error -- no client
  createSession({ issuer: 'https://id.example.com' });
  // @ts-expect-error -- no such way
  createSession({ ...provider, silent: 'popup' });
});

test('a fake session has the interface of the real one', () => {
  expectTypeOf(createFakeSession({ user: { name: 'Ada' } })).toExtend<Session<{ name: string }>>();
});

test('a view names its states, and a selection has the type of what it picks', () => {
  const session = createSession(provider);
  expectTypeOf(session.view).toEqualTypeOf<SessionView<IdTokenClaims>>();
  expectTypeOf<'idle.warning' | 'authenticated'>().toExtend<typeof session.state>();
  expectTypeOf<'idle'>().not.toExtend<typeof session.state>();
  expectTypeOf(session.select(({ user }) => user?.name)).toEqualTypeOf<Selection<string | undefined>>();
  expectTypeOf(session.remaining('token')).toEqualTypeOf<Selection<number | null>>();
  // @ts-expect-error -- no such span
  session.remaining('user');
});

test('an inspector is a function or an observer', () => {
  const session = createSession(provider);
  expectTypeOf(session.inspect((event: { type: string }) => event.type)).toEqualTypeOf<Stop>();
  session.inspect({ next: (event: { type: string }) => event.type });
  // @ts-expect-error -- neither
  session.inspect('inspector');
});
