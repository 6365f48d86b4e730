import { flushSync, hydrate, mount, tick, unmount } from 'svelte';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { setSession, useSessionValue, useStatus, useUser } from '../../src/svelte/index.ts';
import { createFakeSession, type FakeSession } from '../../src/testing/index.ts';
import { describeAdapter, type Part, type Person } from './contract.ts';
import App from './svelte/App.svelte';
import { choosing, effectOutside } from './svelte/outside.svelte.ts';
import Own from './svelte/Own.svelte';
import { type Note, type Shown, shows } from './svelteParts.ts';

const shown = (part: Part, session?: FakeSession<Person>): Shown => ({
  part,
  make: () => shows[part](session),
});

const mountApp = (target: HTMLElement, parts: Shown[], note: Note, session?: FakeSession<Person>) => {
  const app = mount(App, { target, props: { session, parts, note } });
  return { unmount: () => unmount(app) };
};
const ignore: Note = () => undefined;

describeAdapter({
  name: 'svelte',
  mount: (session, into, parts, note) =>
    mountApp(
      into,
      parts.map((part) => shown(part, session)),
      note,
      session,
    ),
  settle: tick,
  async mountWithout(part, into) {
    mountApp(into, [shown(part)], ignore);
  },
  async mountChoosing(session, into) {
    const { pick, choose } = choosing();
    const make = () => {
      const chosen = useSessionValue(pick);
      return () => String(chosen.current);
    };
    mountApp(into, [{ part: 'state', make }], ignore, session);
    return choose;
  },
  async mountRestless(session, into) {
    const make = () => {
      const restless = useSessionValue(({ user }) => ({ name: user?.name }), undefined, { session });
      return () => String(restless.current.name);
    };
    mountApp(into, [{ part: 'user', make }], ignore, session);
  },
});

const signedIn = async (): Promise<FakeSession<Person>> => {
  const session = createFakeSession<Person>({
    user: { name: 'Ada' },
    idle: { after: 300_000, signOutAfter: 600_000 },
  });
  onTestFinished(session.stop);
  await session.enter('authenticated');
  return session;
};

const place = (html = ''): HTMLElement => {
  const target = document.body.appendChild(document.createElement('div'));
  onTestFinished(() => target.remove());
  target.innerHTML = html;
  return target;
};

describe('in Svelte', () => {
  test('$derived and $effect follow a value, and presence runs no effect again', async () => {
    const session = await signedIn();
    const noted: string[] = [];
    mount(Own, { target: place(), props: { session, note: (what: string) => void noted.push(what) } });
    flushSync();
    expect(noted).toEqual(['found', 'Hello Ada', 'warning closed']);
    noted.length = 0;
    for (let moves = 0; moves < 50; moves++) {
      session.touch();
      await session.advance(1000);
      flushSync();
    }
    await session.renew();
    flushSync();
    expect(noted).toEqual([]);
    await session.signOut();
    flushSync();
    expect(noted).toEqual(['Hello']);
  });

  test('an effect that asks only whether the warning is open does not run each second', async () => {
    const session = await signedIn();
    const noted: string[] = [];
    mount(Own, { target: place(), props: { session, note: (what: string) => void noted.push(what) } });
    await session.enter('warning');
    flushSync();
    expect(noted.at(-1)).toBe('warning open');
    noted.length = 0;
    for (let seconds = 0; seconds < 5; seconds++) {
      await session.advance(1000);
      flushSync();
    }
    expect(noted).toEqual([]);
  });

  test('what is mounted shows at once what is known', async () => {
    const session = await signedIn();
    const target = place('<!-- This comment is not of a server. -->');
    mount(Own, { target, props: { session, note: () => undefined } });
    expect(target.textContent).toBe('signedIn');
  });

  test('the HTML of a server is taken over as it is, and then brought up to date', async () => {
    const session = await signedIn();
    const warn = vi.spyOn(console, 'warn');
    onTestFinished(() => warn.mockRestore());
    const target = place('<!--[--><b><img alt="" src="data:,nobody"/>loading</b><!--]-->');
    const image = target.querySelector('img')!;
    hydrate(Own, { target, props: { session, note: () => undefined } });
    expect(target.textContent).toBe('loading');
    flushSync();
    expect(warn.mock.calls).toEqual([]);
    expect(target.querySelector('img')).toBe(image);
    // Svelte does not bring it up to date while it takes over.
    expect([target.textContent, image.getAttribute('src')]).toEqual(['signedIn', 'data:,Ada']);
  });

  test('hot reload, which creates a root again, does not stop the session', async () => {
    const session = await signedIn();
    const run = vi.spyOn(session, 'run');
    const target = place();
    const props = { session, note: () => undefined };
    const before = mount(Own, { target, props });
    flushSync();
    const statuses: string[] = [];
    session.subscribe(() => void statuses.push(session.status));
    // In one turn, as Svelte does it.
    const gone = unmount(before);
    const after = mount(Own, { target, props });
    flushSync();
    await gone;
    await tick();
    expect([run.mock.calls.length, statuses, target.textContent]).toEqual([2, [], 'signedIn']);
    await unmount(after);
    await tick();
    expect(session.status).toBe('loading');
  });

  test('outside of components a value is followed where the session is named', async () => {
    const session = await signedIn();
    const status = useStatus({ session });
    const noted: string[] = [];
    const end = effectOutside(() => void noted.push(status.current));
    await session.signOut();
    flushSync();
    end();
    await session.enter('authenticated');
    flushSync();
    expect(noted).toEqual(['signedIn', 'signedOut']);
    // Without an effect it is simply read.
    expect(status.current).toBe('signedIn');
    expect(() => useStatus()).toThrow('There is no session here');
    expect(() => setSession(session)).toThrow('lifecycle_outside_component');
  });

  test('a required user is remembered also where nothing shows them', async () => {
    const session = await signedIn();
    const user = useUser({ session, required: true });
    await session.expire('revoked');
    expect(user.current.name).toBe('Ada');
    await session.expire('switched');
    const nobody = useUser({ session, required: true });
    expect(() => nobody.current).toThrow('a user is required');
  });
});
