import {
  Activity,
  Component,
  type ReactElement,
  type ReactNode,
  startTransition,
  StrictMode,
  Suspense,
  use,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react';
import { flushSync } from 'react-dom';
import { createRoot, hydrateRoot, type Root } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  RequireUser,
  SessionProvider,
  SignedIn,
  useEnded,
  useIdleWarning,
  useRemaining,
  useSession,
  useSessionValue,
  useStatus,
  useUser,
} from '../../src/react/index.ts';
import { loadingView, SessionError } from '../../src/index.ts';
import { createReadiness } from '../../src/session/readiness.ts';
import {
  createFakeSession,
  createVirtualClock,
  drainMicrotasks,
  type FakeSession,
} from '../../src/testing/index.ts';
import { type Adapter, type Choice, describeAdapter, type Part, type Person } from './contract.ts';
import { describeGuard } from './guardContract.ts';

type Note = Parameters<Adapter['mount']>[3];

/** What each part shows; each is a hook. */
const shows: Record<Part, (session?: FakeSession<Person>) => string> = {
  status: () => useStatus(),
  user: (session) => useUser({ session: session! })?.name ?? 'nobody',
  state: () => useSessionValue(({ state }) => state),
  initials: (session) =>
    useSessionValue(
      ({ user }) => ({ first: user?.name[0] }),
      (a, b) => a.first === b.first,
      { session: session! },
    ).first ?? '-',
  token: () => String(useRemaining('token')),
  session: () => String(useRemaining('session', 60_000)),
  warning() {
    const { open, left } = useIdleWarning();
    return open ? String(left) : 'closed';
  },
  ended() {
    const ended = useEnded();
    return ended ? `${ended.reason} at ${ended.returnTo}` : 'going on';
  },
  guarded: (session) => useUser({ session: session!, required: true }).name,
  inside: (session) => useUser({ session: session!, required: true }).name,
  trusting: (session) => useSessionValue(({ user }) => user!.name, undefined, { session: session! }),
};

interface PartProps {
  readonly part: Part;
  readonly session?: FakeSession<Person>;
  readonly note: Note;
}

const Shown = ({ part, session, note }: PartProps): ReactElement => {
  note(part, 'rendered');
  useEffect(() => note(part, 'mounted'), [part, note]);
  return <p data-part={part}>{shows[part](session)}</p>;
};

/** Within the boundary where it is `inside`. */
const Placed = (props: PartProps): ReactElement =>
  props.part === 'inside' || props.part === 'trusting' ? (
    <SignedIn fallback={<p data-part={props.part}>outside</p>}>
      <Shown {...props} />
    </SignedIn>
  ) : (
    <Shown {...props} />
  );

class Boundary extends Component<{
  readonly onError: (error: unknown) => void;
  readonly children: ReactNode;
}> {
  static getDerivedStateFromError() {
    return { isBroken: true };
  }
  override state = { isBroken: false };
  override componentDidCatch(error: unknown) {
    this.props.onError(error);
  }
  override render() {
    return this.state.isBroken ? null : this.props.children;
  }
}

const rejecting = (content: ReactNode, into: HTMLElement): Promise<void> =>
  new Promise((resolve, reject) => {
    const root = createRoot(into, { onCaughtError: () => undefined });
    flushSync(() => root.render(<Boundary onError={reject}>{content}</Boundary>));
    resolve();
  });

const Restless = ({ session }: { readonly session: FakeSession<Person> }): ReactNode =>
  useSessionValue(({ user }) => ({ name: user?.name }), undefined, { session }).name;

const Choosing = ({ choice }: { readonly choice: Choice }): ReactNode =>
  String(useSessionValue((view) => view[choice]));

const settle = async (): Promise<void> => {
  await Promise.resolve();
  flushSync(() => undefined);
};

describeAdapter({
  name: 'react',
  rendersPerChange: 2,
  mount(session, into, shown, note) {
    const root = createRoot(into);
    flushSync(() =>
      root.render(
        <StrictMode>
          <SessionProvider session={session}>
            {shown.map((part) => (
              <Placed key={part} part={part} session={session} note={note} />
            ))}
          </SessionProvider>
        </StrictMode>,
      ),
    );
    return { unmount: () => root.unmount() };
  },
  settle,
  mountWithout: (part, into) => rejecting(<Shown part={part} note={() => undefined} />, into),
  async mountChoosing(session, into) {
    const root = createRoot(into);
    onTestFinished(() => root.unmount());
    const choose = (choice: Choice): void =>
      flushSync(() =>
        root.render(
          <SessionProvider session={session}>
            <Choosing choice={choice} />
          </SessionProvider>,
        ),
      );
    choose('busy');
    return choose;
  },
  mountRestless: (session, into) =>
    rejecting(
      <SessionProvider session={session}>
        <Restless session={session} />
      </SessionProvider>,
      into,
    ),
});

/** Shows the code of an error as a button that tries again. */
class Retried extends Component<{ readonly children: ReactNode }> {
  static getDerivedStateFromError(error: SessionError) {
    return { code: error.code };
  }
  override state = { code: undefined };
  override render() {
    const { code } = this.state;
    if (code === undefined) return this.props.children;
    return <button onClick={() => this.setState({ code: undefined })}>{code}</button>;
  }
}

const GuardedName = (): ReactNode => useUser<Person>({ required: true }).name;

const WayBack = (): ReactElement => {
  const ended = useEnded();
  return <button onClick={ended?.signIn}>{ended?.reason}</button>;
};

describeGuard('react, under StrictMode', {
  mount(session, into, { ended, signedOut }) {
    const root = createRoot(into, { onCaughtError: () => undefined });
    const guarded = (
      <RequireUser
        fallback="One moment"
        ended={ended === 'wayBack' ? <WayBack /> : ended}
        signedOut={signedOut}
      >
        <GuardedName />
      </RequireUser>
    );
    flushSync(() =>
      root.render(
        <StrictMode>
          <Retried>
            {session ? <SessionProvider session={session}>{guarded}</SessionProvider> : guarded}
          </Retried>
        </StrictMode>,
      ),
    );
    return () => root.unmount();
  },
  settle,
});

const signedIn = async (name = 'Ada', wallMs = Date.now()): Promise<FakeSession<Person>> => {
  const clock = createVirtualClock({ wallMs });
  const session = createFakeSession<Person>({ name, user: { name }, clock });
  onTestFinished(session.stop);
  await session.enter('authenticated');
  return session;
};

const place = (html = ''): HTMLElement => {
  const into = document.body.appendChild(document.createElement('div'));
  onTestFinished(() => into.remove());
  into.innerHTML = html;
  return into;
};

/** Shows something, and something else in its place with `show`. */
const render = (content: ReactNode): { into: HTMLElement; root: Root; show(other: ReactNode): void } => {
  const into = place();
  const root = createRoot(into);
  onTestFinished(() => root.unmount());
  const show = (other: ReactNode): void => flushSync(() => root.render(other));
  show(content);
  return { into, root, show };
};

describe('in React', () => {
  afterEach(() => void vi.restoreAllMocks());

  test('StrictMode neither stops the session nor makes signed-in content anew', async () => {
    const session = await signedIn();
    const seen: string[] = [];
    session.subscribe(() => seen.push(session.status));
    const started = vi.spyOn(session, 'run');
    const made = vi.fn<(epoch: string) => void>();
    const Made = (): ReactNode => {
      useLayoutEffect(() => made('made'), []);
      return useUser({ session, required: true }).name;
    };
    const { into } = render(
      <StrictMode>
        <SessionProvider session={session}>
          <SignedIn>
            <Made />
          </SignedIn>
        </SessionProvider>
      </StrictMode>,
    );
    expect(into.textContent).toBe('Ada');
    await session.advance(1000);
    await settle();
    expect(started).toHaveBeenCalledTimes(2);
    expect(seen.filter((status) => status !== 'signedIn')).toEqual([]);
    // Once more by StrictMode itself.
    expect(made).toHaveBeenCalledTimes(2);
  });

  test('an inline selector may use props, is never stale, and subscribes once', async () => {
    const session = await signedIn();
    const rendered: [string, string][] = [];
    const Field = ({ field }: { readonly field: 'status' | 'state' }): ReactNode => {
      const value = useSessionValue((view) => `${field} ${view[field]}`, undefined, { session });
      rendered.push([field, value]);
      return value;
    };
    const subscribed = vi.spyOn(session, 'subscribe');
    const { into, show } = render(<Field field="status" />);
    const before = subscribed.mock.calls.length;
    show(<Field field="state" />);
    expect(into.textContent).toBe('state authenticated');
    for (let times = 0; times < 10; times++) show(<Field field="state" />);
    expect(subscribed.mock.calls.length).toBe(before);
    await session.enter('idle');
    await settle();
    expect(into.textContent).toBe('state idle.quiet');
    show(<Field field="status" />);
    await session.signOut();
    await settle();
    expect(into.textContent).toBe('status signedOut');
    expect(rendered.filter(([field, value]) => !value.startsWith(field))).toEqual([]);
  });

  test('with `isSame` a value stays the same object over renders, until it differs', async () => {
    const session = await signedIn();
    const values: object[] = [];
    const Initials = ({ times }: { readonly times: number }): ReactNode => {
      const initials = useSessionValue(
        ({ user }) => ({ first: user?.name[0] }),
        (a, b) => a.first === b.first,
        { session },
      );
      values.push(initials);
      return `${initials.first} ${times}`;
    };
    const { into, show } = render(<Initials times={0} />);
    for (let times = 1; times <= 5; times++) {
      await session.renew();
      show(<Initials times={times} />);
    }
    expect(values.length).toBe(6);
    expect(new Set(values).size).toBe(1);
    await session.signOut();
    await settle();
    expect([new Set(values).size, into.textContent]).toEqual([2, 'undefined 5']);
  });

  test('a transition that renders slowly never shows two states at once', async () => {
    const session = await signedIn();
    let rendered = 0;
    const onScreen: string[][] = [];
    const Slow = (): ReactElement => {
      const status = useStatus({ session });
      rendered++;
      const until = performance.now() + 10;
      while (performance.now() < until);
      return <i>{status}</i>;
    };
    const items = Array.from({ length: 20 }, (_, i) => i);
    const Many = ({ into }: { readonly into: HTMLElement }): ReactElement => {
      useLayoutEffect(() => void onScreen.push([...into.querySelectorAll('i')].map((i) => i.innerText)));
      return (
        <>
          {items.map((i) => (
            <Slow key={i} />
          ))}
        </>
      );
    };
    const { into, root } = render(null);
    startTransition(() => root.render(<Many into={into} />));
    await expect.poll(() => rendered, { interval: 5 }).toBeGreaterThan(0);
    expect(rendered).toBeLessThan(items.length);
    void session.signOut();
    await expect.poll(() => onScreen.length).toBeGreaterThan(0);
    expect(onScreen.map((texts) => [...new Set(texts)])).toEqual(onScreen.map(() => ['signedOut']));
  });

  test('what was suspended shows what is true when it goes on', async () => {
    const session = await signedIn();
    const { promise, resolve } = createReadiness<string>();
    const Late = (): ReactNode => {
      const status = useStatus({ session });
      const user = useUser({ session });
      return `${use(promise)} ${user?.name} ${status}`;
    };
    const { into } = render(
      <Suspense fallback="waiting">
        <Late />
      </Suspense>,
    );
    expect(into.textContent).toBe('waiting');
    await session.signOut();
    session.signsInNext({ name: 'Bob' });
    await session.signIn();
    resolve('at last');
    await expect.poll(() => into.textContent).toBe('at last Bob signedIn');
  });

  test('what was hidden is never shown with a user who has left in the meantime', async () => {
    const session = await signedIn();
    const Name = (): ReactNode => useUser<Person>()?.name;
    const Initial = (): ReactNode => useSessionValue(({ user }) => user?.name[0], undefined, { session });
    // Always the same elements: React renders nothing when it shows them again.
    const names = (
      <p>
        <Name /> <Initial />{' '}
        <SignedIn>
          <Name />
        </SignedIn>
      </p>
    );
    const content = (mode: 'visible' | 'hidden'): ReactElement => (
      <SessionProvider session={session}>
        <Activity mode={mode}>{names}</Activity>
      </SessionProvider>
    );
    const { into, root, show } = render(content('visible'));
    expect(into.textContent).toBe('Ada A Ada');
    show(content('hidden'));
    await expect.poll(() => into.querySelector('p')!.style.display).toBe('none');
    await session.signOut();
    session.signsInNext({ name: 'Bob' });
    await session.signIn();
    expect(into.textContent).toBe('Ada A Ada');
    const onScreen: string[] = [];
    const turns = new MessageChannel();
    const look = (): void => {
      if (into.querySelector('p')!.style.display !== 'none') onScreen.push(into.textContent);
      if (onScreen.length < 10) turns.port2.postMessage('next');
      else turns.port1.close();
    };
    turns.port1.addEventListener('message', look);
    turns.port1.start();
    turns.port2.postMessage('first');
    root.render(content('visible'));
    await expect.poll(() => onScreen.length).toBe(10);
    expect(new Set(onScreen)).toEqual(new Set(['Bob B Bob']));
  });

  test('a provider whose session is another runs that one, and stops the one before', async () => {
    const [ada, bob] = [await signedIn('Ada'), await signedIn('Bob')];
    const Who = (): ReactNode => {
      const user = useUser<Person>();
      const { name } = useSessionValue<{ name: string | undefined }, Person>(
        (view) => ({ name: view.user?.name }),
        (a, b) => a.name === b.name,
      );
      const left = useRemaining('token');
      return `${user?.name} ${name} ${left === null ? 'unknown' : 'counting'}`;
    };
    const content = (session: FakeSession<Person>): ReactElement => (
      <SessionProvider session={session}>
        <Who />
      </SessionProvider>
    );
    const { into, root, show } = render(content(ada));
    expect(into.textContent).toBe('Ada Ada counting');
    show(content(bob));
    expect(into.textContent).toBe('Bob Bob counting');
    await settle();
    expect([ada.status, bob.status]).toEqual(['loading', 'signedIn']);
    expect(into.textContent).toBe('Bob Bob counting');
    await bob.signOut();
    await settle();
    expect(into.textContent).toBe('undefined undefined unknown');
    root.unmount();
    await settle();
    expect([bob.status, ada.clock.pendingTimers, bob.clock.pendingTimers]).toEqual(['loading', 0, 0]);
  });

  test('signed-in content is made anew for another user though it never left the screen', async () => {
    // They have signed in in the same millisecond.
    const wallMs = Date.now();
    const [ada, bob] = [await signedIn('Ada', wallMs), await signedIn('Bob', wallMs)];
    const Made = (): ReactNode => useRef(useUser<Person>()?.name).current;
    const content = (session: FakeSession<Person>): ReactElement => (
      <SessionProvider session={session}>
        <SignedIn>
          <Made />
        </SignedIn>
      </SessionProvider>
    );
    const { into, show } = render(content(ada));
    expect(into.textContent).toBe('Ada');
    show(content(bob));
    expect(into.textContent).toBe('Bob');
  });

  test('the nearest provider counts, and an option before it', async () => {
    const [ada, bob, eve] = [await signedIn('Ada'), await signedIn('Bob'), await signedIn('Eve')];
    const Names = (): ReactNode => `${useSession().name} ${useSession({ session: eve }).name}`;
    const { into } = render(
      <SessionProvider session={ada}>
        <SessionProvider session={bob}>
          <Names />
        </SessionProvider>
      </SessionProvider>,
    );
    expect(into.textContent).toBe('Bob Eve');
  });

  test('a required user is a sentence in the error boundary where nobody is signed in', async () => {
    const session = createFakeSession<Person>({ user: { name: 'Ada' } });
    await session.start();
    onTestFinished(session.stop);
    const Required = (): ReactNode => useUser({ session, required: true }).name;
    await expect(rejecting(<Required />, place())).rejects.toThrow('nobody is signed in');
  });

  test('a guard that is hidden gives up its sign-in, and asks again when it is shown', async () => {
    const session = createFakeSession<Person>({ user: { name: 'Ada' } });
    onTestFinished(session.stop);
    const signals: AbortSignal[] = [];
    vi.spyOn(session, 'require').mockImplementation(async ({ signal } = {}) => {
      signals.push(signal!);
      await new Promise((_resolve, reject) => signal!.addEventListener('abort', reject));
      throw new SessionError('sign_in_cancelled', 'Given up');
    });
    const content = (mode: 'visible' | 'hidden'): ReactElement => (
      <SessionProvider session={session}>
        <Activity mode={mode}>
          <RequireUser fallback="One moment" ended="over">
            <GuardedName />
          </RequireUser>
        </Activity>
      </SessionProvider>
    );
    const { into, show } = render(content('visible'));
    await expect.poll(() => signals.map(({ aborted }) => aborted)).toEqual([false]);
    show(content('hidden'));
    await expect.poll(() => signals.map(({ aborted }) => aborted)).toEqual([true]);
    // What it did not see while it was hidden is not shown either.
    await session.signIn();
    await session.expire('revoked');
    vi.mocked(session.require).mockRestore();
    show(content('visible'));
    await expect.poll(() => into.textContent).toBe('Ada');
  });

  test('a guard that was hidden knows nothing of what went wrong with what it had given up', async () => {
    const session = createFakeSession<Person>({ user: { name: 'Ada' } });
    onTestFinished(session.stop);
    const { promise, resolve } = createReadiness<void>();
    vi.spyOn(session, 'start').mockImplementationOnce(async () => {
      await promise;
      throw new SessionError('session_stopped', 'The session was stopped');
    });
    const content = (mode: 'visible' | 'hidden'): ReactElement => (
      <Retried>
        <SessionProvider session={session}>
          <Activity mode={mode}>
            <RequireUser fallback={<p>One moment</p>}>
              <GuardedName />
            </RequireUser>
          </Activity>
        </SessionProvider>
      </Retried>
    );
    const { into, show } = render(content('visible'));
    show(content('hidden'));
    await expect.poll(() => into.querySelector('p')?.style.display).toBe('none');
    resolve(undefined);
    await drainMicrotasks();
    show(content('visible'));
    await expect.poll(() => into.textContent).toBe('Ada');
  });

  test('a guard goes by the props of now, and asks nobody anew because they change', async () => {
    const session = await signedIn();
    const required = vi.spyOn(session, 'require');
    const content = (ended?: string): ReactElement => (
      <SessionProvider session={session}>
        <RequireUser fallback="One moment" ended={ended}>
          <GuardedName />
        </RequireUser>
      </SessionProvider>
    );
    const { into, show } = render(content());
    await expect.poll(() => required.mock.calls.length).toBe(1);
    show(content('over'));
    await session.expire('revoked');
    await settle();
    expect([into.textContent, required.mock.calls.length]).toEqual(['over', 1]);
  });

  test('a guard renders its fallback on a server, asks for nothing there, and is hydrated', async () => {
    const session = await signedIn();
    const [complaints, onRecoverableError] = [
      vi.spyOn(console, 'error').mockReturnValue(undefined),
      vi.fn<(error: unknown) => void>(),
    ];
    const content = (
      <StrictMode>
        <SessionProvider session={session}>
          <RequireUser fallback={<p>One moment</p>} ended="over" signedOut="Goodbye">
            <GuardedName />
          </RequireUser>
        </SessionProvider>
      </StrictMode>
    );
    const required = vi.spyOn(session, 'require');
    const html = renderToString(content);
    expect([html, required.mock.calls.length]).toEqual(['<p>One moment</p>', 0]);
    const into = place(html);
    const root = hydrateRoot(into, content, { onRecoverableError });
    onTestFinished(() => root.unmount());
    await expect.poll(() => into.textContent).toBe('Ada');
    expect([complaints.mock.calls, onRecoverableError.mock.calls]).toEqual([[], []]);
  });

  test('renders "not known yet" on a server, and is hydrated without a mismatch', async () => {
    const session = await signedIn();
    const complaints = vi.spyOn(console, 'error').mockReturnValue(undefined);
    const onRecoverableError = vi.fn<(error: unknown) => void>();
    const App = (): ReactElement => {
      const status = useStatus();
      const user = useUser<Person>();
      const view = useSessionValue(
        ({ state, busy }) => ({ state, busy }),
        (a, b) => a.state === b.state,
      );
      const { open } = useIdleWarning();
      const text = `${status} ${user?.name} ${view.state} ${open} ${useRemaining('token')} ${useEnded()?.reason}`;
      return (
        <>
          <b>{text}</b>
          <SignedIn fallback="outside">inside</SignedIn>
        </>
      );
    };
    const content = (
      <StrictMode>
        <SessionProvider session={session}>
          <App />
        </SessionProvider>
      </StrictMode>
    );
    const html = renderToString(content);
    expect(html).toBe(`<b>loading undefined ${loadingView.state} false null undefined</b>outside`);
    const into = place(html);
    const element = into.querySelector('b');
    const root = hydrateRoot(into, content, { onRecoverableError });
    onTestFinished(() => root.unmount());
    await expect
      .poll(() => into.textContent)
      .toMatch(/^signedIn Ada authenticated false \d+000 undefinedinside$/);
    expect(into.querySelector('b')).toBe(element);
    expect([complaints.mock.calls, onRecoverableError.mock.calls]).toEqual([[], []]);
  });
});
