/* @jsxImportSource solid-js */
import {
  type Accessor,
  createEffect,
  createMemo,
  createRenderEffect,
  createSignal,
  DEV,
  ErrorBoundary,
  type JSX,
  mergeProps,
  onMount,
  Show,
} from 'solid-js';
import { hydrate, render } from 'solid-js/web';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  RequireUser,
  type RequireUserProps,
  SessionProvider,
  SignedIn,
  useEnded,
  useIdleWarning,
  useRemaining,
  useSession,
  useSessionValue,
  useStatus,
  useUser,
} from '../../../src/solid/index.ts';
import type { SessionError } from '../../../src/index.ts';
import { createFakeSession, drainMicrotasks, type FakeSession } from '../../../src/testing/index.ts';
import { type Adapter, type Choice, describeAdapter, type Part, type Person } from '../contract.ts';
import { describeGuard } from '../guardContract.ts';

type Note = Parameters<Adapter['mount']>[3];

/** What each part shows. */
const shows: Record<Part, (session?: FakeSession<Person>) => Accessor<string>> = {
  status: () => useStatus(),
  user(session) {
    const user = useUser({ session: session! });
    return () => user()?.name ?? 'nobody';
  },
  state: () => useSessionValue(({ state }) => state),
  initials(session) {
    const initials = useSessionValue(
      ({ user }) => ({ first: user?.name[0] }),
      (a, b) => a.first === b.first,
      { session: session! },
    );
    return () => initials().first ?? '-';
  },
  token() {
    const left = useRemaining('token');
    return () => String(left());
  },
  session() {
    const left = useRemaining('session', 60_000);
    return () => String(left());
  },
  warning() {
    const { open, left } = useIdleWarning();
    return () => (open() ? String(left()) : 'closed');
  },
  ended() {
    const ended = useEnded();
    return () => {
      const end = ended();
      return end ? `${end.reason} at ${end.returnTo}` : 'going on';
    };
  },
  guarded(session) {
    const user = useUser({ session: session!, required: true });
    return () => user().name;
  },
  inside(session) {
    const user = useUser({ session: session!, required: true });
    return () => user().name;
  },
  trusting: (session) => useSessionValue(({ user }) => user!.name, undefined, { session: session! }),
};

const PartShown = (props: { part: Part; session?: FakeSession<Person>; note: Note }): JSX.Element => {
  const { part, session, note } = props;
  const text = shows[part](session);
  onMount(() => note(part, 'mounted'));
  createEffect(() => {
    text();
    note(part, 'rendered');
  });
  return <p data-part={part}>{text()}</p>;
};

/** Within the boundary where it is `inside`. */
const Placed = (props: { part: Part; session: FakeSession<Person>; note: Note }): JSX.Element =>
  props.part === 'inside' || props.part === 'trusting' ? (
    <SignedIn fallback={<p data-part={props.part}>outside</p>}>
      <PartShown {...props} />
    </SignedIn>
  ) : (
    <PartShown {...props} />
  );

describeAdapter({
  name: 'solid',
  mount(session, into, shown, note) {
    const unmount = render(
      () => (
        <SessionProvider session={session}>
          {shown.map((part) => (
            <Placed part={part} session={session} note={note} />
          ))}
        </SessionProvider>
      ),
      into,
    );
    return { unmount };
  },
  settle: async () => {},
  devtools() {
    const owners: object[] = [];
    DEV!.hooks.afterCreateOwner = (owner) => void owners.push(owner);
    return owners;
  },
  async mountWithout(part, into) {
    render(() => <PartShown part={part} note={() => undefined} />, into);
  },
  async mountChoosing(session, into) {
    const [choice, choose] = createSignal<Choice>('busy');
    const Choosing = () => {
      const chosen = useSessionValue((view) => view[choice()], undefined, { session });
      return <p>{String(chosen())}</p>;
    };
    onTestFinished(render(() => <Choosing />, into));
    return choose;
  },
  async mountRestless(session, into) {
    const Restless = () => {
      const restless = useSessionValue(({ user }) => ({ name: user?.name }), undefined, { session });
      return <p>{restless().name}</p>;
    };
    render(() => <Restless />, into);
  },
});

const fake = (): FakeSession<Person> => {
  const session = createFakeSession<Person>({ user: { name: 'Ada' } });
  onTestFinished(session.stop);
  return session;
};

/** Shows it below a provider until the test is over; returns what takes it away. */
const show = (session: FakeSession<Person>, Content: () => JSX.Element): (() => void) => {
  const into = document.body.appendChild(document.createElement('main'));
  const unmount = render(
    () => (
      <SessionProvider session={session}>
        <Content />
      </SessionProvider>
    ),
    into,
  );
  onTestFinished(unmount);
  return unmount;
};

const seen = (): string => document.body.textContent ?? '';

beforeEach(() => document.body.replaceChildren());

describe('accessors', () => {
  test('run neither memos nor effects again for signs of presence and renewals', async () => {
    const session = fake();
    await session.enter('authenticated');
    const runs = { memo: 0, effect: 0 };
    show(session, () => {
      const [status, user] = [useStatus(), useUser({ session })];
      const greeting = createMemo(() => {
        runs.memo++;
        return `${status()} ${user()?.name}`;
      });
      createEffect(() => {
        user();
        runs.effect++;
      });
      return <p>{greeting()}</p>;
    });
    expect([seen(), runs]).toEqual(['signedIn Ada', { memo: 1, effect: 1 }]);
    for (let moves = 0; moves < 100; moves++) {
      session.touch();
      await session.advance(1500);
    }
    await session.renew();
    expect(runs).toEqual({ memo: 1, effect: 1 });
    await session.signOut();
    expect(seen()).toBe('signedOut undefined');
    expect(runs).toEqual({ memo: 2, effect: 2 });
  });

  test('change together: nothing sees one of before beside one of after', async () => {
    const session = fake();
    const pairs: unknown[][] = [];
    show(session, () => {
      const [status, user, state] = [
        useStatus(),
        useUser({ session }),
        useSessionValue((view) => view.state),
      ];
      createEffect(() => {
        const known = session.view;
        pairs.push([status(), user(), state()], [known.status, known.user, known.state]);
      });
      return null;
    });
    await session.enter('authenticated');
    await session.expire('revoked');
    expect(pairs.length).toBeGreaterThan(2 * 4);
    expect(pairs.filter((_, at) => at % 2 === 0)).toEqual(pairs.filter((_, at) => at % 2 === 1));
    const different = new Set(pairs.map((pair) => JSON.stringify(pair)));
    expect(pairs.length).toBe(2 * different.size);
  });

  test('follow the signals that a selector reads', async () => {
    const session = fake();
    await session.enter('authenticated');
    const [wanted, setWanted] = createSignal<'status' | 'state'>('status');
    show(session, () => {
      const value = useSessionValue((view) => view[wanted()]);
      return <p>{value()}</p>;
    });
    expect(seen()).toBe('signedIn');
    setWanted('state');
    expect(seen()).toBe('authenticated');
    await session.signOut();
    expect(seen()).toBe('anonymous.settled');
  });

  test('end with their owner, and leave no timer behind', async () => {
    const session = fake();
    await session.enter('authenticated');
    const [isShown, setShown] = createSignal(false);
    const Left = () => <p>{useRemaining('token')()}</p>;
    show(session, () => (
      <Show when={isShown()}>
        <Left />
      </Show>
    ));
    const timers = session.clock.pendingTimers;
    setShown(true);
    expect(session.clock.pendingTimers).toBe(timers + 1);
    setShown(false);
    expect(session.clock.pendingTimers).toBe(timers);
  });

  test('of whether the warning is open are not told of each second', async () => {
    const session = fake();
    await session.enter('warning');
    let opened = 0;
    show(session, () => {
      const { open, left } = useIdleWarning();
      createEffect(() => void (open() && opened++));
      return <p>{left()}</p>;
    });
    const before = Number(seen());
    await session.advance(5000);
    expect(Number(seen())).toBe(before - 5000);
    expect(opened).toBe(1);
  });

  test('outlive a hot reload: the session does not stop between two makings of its provider', async () => {
    const session = fake();
    await session.enter('authenticated');
    const [version, setVersion] = createSignal(1);
    const into = document.body.appendChild(document.createElement('main'));
    const Status = () => <p>{useStatus()()}</p>;
    onTestFinished(
      render(
        () => (
          <Show keyed when={version()}>
            <SessionProvider session={session}>
              <Status />
            </SessionProvider>
          </Show>
        ),
        into,
      ),
    );
    const statuses: string[] = [];
    session.subscribe(() => void statuses.push(session.status));
    setVersion(2);
    await drainMicrotasks();
    session.touch();
    expect(new Set([...statuses, session.status])).toEqual(new Set(['signedIn']));
    expect(seen()).toBe('signedIn');
  });
});

test('each hydration begins with what a server renders', async () => {
  const session = fake();
  await session.enter('authenticated');
  // What Solid's server puts into a page, for good: its handlers of events ask for it from then on.
  vi.stubGlobal('_$HY', { events: [], completed: new WeakSet(), r: {}, fe: () => undefined });
  for (const _ of ['one root', 'another']) {
    const seenStatuses: string[] = [];
    const Status = () => {
      const status = useStatus();
      createRenderEffect(() => void seenStatuses.push(status()));
      return null;
    };
    const into = document.body.appendChild(document.createElement('main'));
    onTestFinished(
      hydrate(
        () => (
          <SessionProvider session={session}>
            <Status />
          </SessionProvider>
        ),
        into,
      ),
    );
    expect(seenStatuses).toEqual(['loading', 'signedIn']);
  }
});

test('a required user is there until the page has left, and is gone at once for another one', async () => {
  const session = fake();
  await session.enter('authenticated');
  const Name = () => <p>{useUser({ session, required: true })().name}</p>;
  show(session, () => (
    <ErrorBoundary fallback={(error: SessionError) => error.code}>
      <Name />
    </ErrorBoundary>
  ));
  await session.expire('revoked');
  expect([session.user, seen()]).toEqual([null, 'Ada']);
  await session.signIn();
  await session.expire('switched');
  expect(seen()).toBe('signed_out');
});

describeGuard('solid', {
  mount(session, into, { ended, signedOut }) {
    const Name = () => <p>{useUser<Person>({ required: true })().name}</p>;
    const WayBack = () => {
      const end = useEnded();
      return <button onClick={() => end()?.signIn()}>{end()?.reason}</button>;
    };
    const props: RequireUserProps = mergeProps(
      ended && {
        get ended() {
          return ended === 'wayBack' ? <WayBack /> : ended;
        },
      },
      signedOut && { signedOut },
    );
    const Guarded = () => (
      <RequireUser fallback="One moment" {...props}>
        <Name />
      </RequireUser>
    );
    return render(
      () => (
        <ErrorBoundary
          fallback={(error: SessionError, reset) => <button onClick={reset}>{error.code}</button>}
        >
          {session ? (
            <SessionProvider session={session}>
              <Guarded />
            </SessionProvider>
          ) : (
            <Guarded />
          )}
        </ErrorBoundary>
      ),
      into,
    );
  },
  settle: async () => {},
});

test('the session is at hand with its functions', async () => {
  const session = fake();
  await session.enter('authenticated');
  show(session, () => {
    const { signOut } = useSession();
    return <button onClick={() => void signOut()}>Sign out</button>;
  });
  document.querySelector('button')!.click();
  await expect.poll(() => session.status).toBe('signedOut');
});
