import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { inspectSession, openInspector, saveRecording } from '../../src/inspect/index.ts';
import { createFakeSession, type FakeSession } from '../../src/testing/index.ts';

interface Person {
  readonly name: string;
}

const api = 'https://api.test';

const newSession = (): FakeSession<Person> => {
  const session = createFakeSession<Person>({
    user: { name: 'Ada' },
    tokenOrigins: [api],
    fetch: async () => new Response('{}'),
  });
  onTestFinished(session.stop);
  return session;
};

/** The shadow root of the panel that is open. */
const rootOf = (): ShadowRoot => {
  const roots = [...document.body.children].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  expect(roots).toHaveLength(1);
  return roots[0]!;
};

/** Opens the panel of a session, and tells what it shows. */
const openPanel = async (session: FakeSession<Person>) => {
  const close = await openInspector(session);
  onTestFinished(close);
  const root = rootOf();
  const text = (selector: string): string => root.querySelector(selector)?.textContent ?? '';
  const button = (name: string): HTMLButtonElement => {
    const found = [...root.querySelectorAll('button')].find(
      (each) => each.textContent === name || each.ariaLabel === name,
    );
    if (!found) throw new Error(`There is no button ${name}`);
    return found;
  };
  return { root, close, text, button, rows: () => root.querySelectorAll('.row') };
};

/** The browser's own: a panel that goes on would ask for a frame in each, by what a test spies on. */
const nextFrame = window.requestAnimationFrame.bind(window);
const frameAfterNext = () => new Promise((resolve) => nextFrame(() => nextFrame(resolve)));

const press = (element: Element, key: string): void =>
  void element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

afterEach(() => vi.restoreAllMocks());

describe('the panel', () => {
  test('shows the state, and why the last edge was taken', async () => {
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    await session.advance(240_000);
    await expect.poll(() => panel.text('.state')).toBe('authenticated');
    expect(panel.text('.edge')).toMatch(/refreshing\.granting → authenticated \(renewed\)/);
    expect(panel.text('.why')).toBe('New tokens have come: generation 2.');

    await session.expire('revoked');
    await expect.poll(() => panel.text('.state')).toBe('expired');
    expect(panel.text('.why')).toContain('the provider no longer accepts the refresh token');
  });

  test('shows a session that runs already', async () => {
    const session = newSession();
    await session.enter('idle');
    const panel = await openPanel(session);
    await expect.poll(() => panel.text('.state')).toBe('idle.quiet');
  });

  test('shows what is left, and what will happen by itself', async () => {
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    const bars = () =>
      [...panel.root.querySelectorAll<HTMLElement>('.bar')]
        .filter(({ hidden }) => !hidden)
        .map((bar) => bar.firstElementChild?.textContent);
    await expect
      .poll(bars)
      .toEqual([
        'Access token 4 min 59 s',
        'Refresh token 29 min 59 s',
        'Until the user counts as away 15 min',
        'Until the idle session ends 29 min 59 s',
      ]);
    const foreseen = () =>
      [...panel.root.querySelectorAll('.forecast li')].map(({ textContent }) => textContent);
    expect(foreseen()[0]).toMatch(/^in 3 min 59 s: authenticated → refreshing.granting \(due\)/);

    // Time goes on, and with it what is shown.
    await session.advance(100_000);
    await expect.poll(bars).toContain('Access token 3 min 19 s');
    expect(foreseen()[0]).toMatch(/^in 2 min 19 s/);

    await session.signOut();
    await expect.poll(bars).toEqual([]);
    expect(panel.text('.forecast')).toContain('Nothing will happen by itself.');
  });

  test('acts on the session, and on the time of a fake one', async () => {
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    await expect.poll(() => panel.text('.state')).toBe('authenticated');
    panel.button('To the next edge').click();
    await expect.poll(() => panel.text('.why')).toBe('New tokens have come: generation 2.');
    panel.button('Renew').click();
    await expect.poll(() => panel.text('.why')).toBe('New tokens have come: generation 3.');
    const before = session.clock.monotonicMs();
    panel.button('+1 min').click();
    await expect.poll(() => session.clock.monotonicMs()).toBe(before + 60_000);
    const wall = session.clock.wallMs();
    panel.button('−1 min').click();
    await expect.poll(() => session.clock.wallMs()).toBe(wall - 60_000);
    const touched = vi.spyOn(session, 'touch');
    panel.button('Activity').click();
    expect(touched).toHaveBeenCalledOnce();
    await session.enter('warning');
    panel.button('Stay').click();
    await expect.poll(() => session.state).toBe('authenticated');
    panel.button('Sign out').click();
    await expect.poll(() => panel.text('.state')).toBe('anonymous.settled');
    panel.button('Renew').click();
    await expect.poll(() => panel.text('.said')).toBe('Renew: signed_out');
  });

  test('the log is filtered, searched, and its failures are explained', async () => {
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    await session.fetch(`${api}/items?secret=1`);
    await session.expire('revoked');
    const texts = () => [...panel.rows()].map(({ lastChild }) => lastChild?.textContent);
    await expect.poll(texts).toContain(`#1 settled 200 · GET ${api}/items`);

    const select = panel.root.querySelector('select')!;
    select.value = 'failures';
    select.dispatchEvent(new Event('change'));
    await expect
      .poll(texts)
      .toEqual([
        expect.stringMatching(/^Renewal of token 1 failed after \S+ ms grant_refused \(HTTP 400\)$/),
        'Fact expired: the provider no longer accepts the refresh token',
      ]);
    (panel.rows()[0] as HTMLElement).click();
    // In development its many modules are loaded one by one.
    await expect
      .poll(() => panel.text('.explanation'), { timeout: 15_000 })
      .toMatch(/npx token-vigil cause [a-z-]+/);
    expect(panel.text('.detail')).toContain('"outcome": "failed"');

    select.value = '';
    select.dispatchEvent(new Event('change'));
    const search = panel.root.querySelector<HTMLInputElement>('input[type=search]')!;
    search.value = 'ITEMS';
    search.dispatchEvent(new Event('input'));
    expect(texts()).toEqual(['started', 'sent', 'settled 200'].map((end) => `#1 ${end} · GET ${api}/items`));
  });

  test('a request that was held says why, for how long, and what let it go', async () => {
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    await session.enter('refreshing');
    await session.advance(310_000);
    const request = session.fetch(`${api}/held`);
    await session.advance(2500);
    const chooseRow = async (words: RegExp): Promise<string> => {
      const row = () => [...panel.rows()].find(({ textContent }) => words.test(textContent ?? ''));
      await expect.poll(row).toBeDefined();
      (row() as HTMLElement).click();
      await expect.poll(() => row()?.ariaSelected).toBe('true');
      return panel.text('.log .story');
    };
    const why = String.raw`the access token had expired [\d.]+ s before`;
    expect(await chooseRow(/started .*held/)).toMatch(
      new RegExp(
        `^It has been held since .*: ${why}\\.It still waits\\. Under way: Renewal of token 1 begun\\.$`,
      ),
    );
    await session.enter('authenticated');
    await request;
    for (const row of [/waited 2.5 s .*held/, /started .*held/])
      expect(await chooseRow(row)).toMatch(
        new RegExp(
          `^It was held for 2.5 s: ${why}\\.Renewal of token 1 succeeded .* that let the request go \\(entry \\d+\\)\\.$`,
        ),
      );
    await session.fetch(`${api}/others`);
    expect(await chooseRow(/started .*others/)).toMatch(
      /^It was not held: the access token had 4 min 59 s left\.$/,
    );
  });

  test('an end of the session says how it came, with the numbers', async () => {
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    await session.expire('lapsed');
    await expect.poll(() => panel.text('.state')).toBe('expired');
    const story = panel.text('.now .story');
    expect(story).toMatch(/The last sign of the user was at \S+, 41 min 56 s before the end\./);
    expect(story).toContain('Without a sign for 15 min the user counts as away: since ');
    expect(story).toMatch(/The refresh token expired at \S+\./);
  });

  test('Escape leaves the entry that is looked at, then the recording, and then closes the panel', async () => {
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    await expect.poll(() => panel.text('.state')).toBe('authenticated');
    const list = panel.root.querySelector('[role=listbox]')!;
    press(list, 'Home');
    await expect.poll(() => panel.text('h3')).toMatch(/^At \d\d:/);
    press(list, 'Escape');
    await expect.poll(() => panel.text('h3')).toBe('Now');
    const search = panel.root.querySelector<HTMLInputElement>('input[type=search]')!;
    search.value = 'is to be cleared';
    press(search, 'Escape');
    expect(panel.root.querySelector('.inspector')).not.toBeNull();
    search.value = '';
    press(search, 'Escape');
    expect(panel.root.querySelector('.inspector')).toBeNull();
  });

  test('the log begins with what matters, and everything else is one choice away', async () => {
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    session.touch();
    await expect.poll(() => panel.text('.rows')).toContain('Fact signedIn');
    expect(panel.text('.rows')).not.toContain('The deadlines have moved');
    const select = panel.root.querySelector('select')!;
    select.value = '';
    select.dispatchEvent(new Event('change'));
    expect(panel.text('.rows')).toContain('The deadlines have moved');
  });

  test('the moment under the pointer is explained', async () => {
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    await session.advance(60_000);
    await expect.poll(() => panel.text('.state')).toBe('authenticated');
    const canvas = panel.root.querySelector('canvas')!;
    const { left, right, top } = canvas.getBoundingClientRect();
    const at = { clientX: (left + right) / 2, clientY: top + 10, bubbles: true };
    canvas.dispatchEvent(new PointerEvent('pointermove', at));
    expect(panel.text('.under')).toMatch(/^\S+: authenticated for \d+ s\. Last: /);
  });

  test('an earlier moment is looked at by keys, and left by Escape', async () => {
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    await session.enter('idle');
    await expect.poll(() => panel.text('.state')).toBe('idle.quiet');
    const list = panel.root.querySelector('[role=listbox]')!;
    press(list, 'Home');
    await expect.poll(() => panel.text('.state')).toBe('anonymous.restoring');
    expect(list.getAttribute('aria-activedescendant')).toBe('entry-1');
    press(list, 'Escape');
    await expect.poll(() => panel.text('.state')).toBe('idle.quiet');

    const timeline = panel.root.querySelector('canvas')!;
    press(timeline, 'Home');
    await expect.poll(() => panel.text('.state')).toBe('anonymous.restoring');
    press(timeline, 'ArrowRight');
    await expect.poll(() => timeline.ariaValueNow).toBe('2');
    press(timeline, 'End');
    await expect.poll(() => panel.text('.state')).toBe('idle.quiet');
  });

  test('is paused, and goes on with what came meanwhile', async () => {
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    await expect.poll(() => panel.text('.state')).toBe('authenticated');
    panel.button('Pause').click();
    expect(panel.button('Pause').ariaPressed).toBe('true');
    await session.enter('idle');
    await frameAfterNext();
    expect(panel.text('.state')).toBe('authenticated');
    panel.button('Pause').click();
    await expect.poll(() => panel.text('.state')).toBe('idle.quiet');
  });

  test('while it is paused, time goes to the edge that is next now', async () => {
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    const { renewAt } = session.actor.getSnapshot().context.lease!;
    await expect.poll(() => panel.text('.state')).toBe('authenticated');
    panel.button('Pause').click();
    await expect.poll(() => panel.button('Pause').ariaPressed).toBe('true');
    await session.advance(60_000);
    panel.button('To the next edge').click();
    await expect.poll(() => session.clock.monotonicMs()).toBe(renewAt!.monotonicMs);
  });

  test('goes on when what was looked at is so old that it is not kept', async () => {
    const failures: string[] = [];
    const onError = (event: ErrorEvent): void => {
      event.preventDefault();
      failures.push(event.message);
    };
    window.addEventListener('error', onError);
    onTestFinished(() => window.removeEventListener('error', onError));
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    await expect.poll(() => panel.rows().length).toBeGreaterThan(5);
    press(panel.root.querySelector('[role=listbox]')!, 'Home');
    await expect.poll(() => panel.text('.state')).toBe('anonymous.restoring');
    for (let count = 0; count < 7000; count++) await session.fetch(`${api}/items`);
    await expect.poll(() => panel.text('.log [role=status]')).toMatch(/^19\d{3} of 19\d{3}$/);
    expect(panel.text('.state')).toBe('authenticated');

    panel.button('Pause').click();
    for (let count = 0; count < 7000; count++) await session.fetch(`${api}/items`);
    panel.button('Pause').click();
    await expect.poll(() => panel.text('.log [role=status]')).toMatch(/^\d{5} of \d{5}$/);
    expect(failures).toEqual([]);
  });

  test('ten thousand entries are a few rows', async () => {
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    for (let count = 0; count < 3400; count++) await session.fetch(`${api}/items`);
    await expect.poll(() => panel.text('.log [role=status]')).toMatch(/^102\d\d of 102\d\d$/);
    expect(panel.rows().length).toBeLessThan(40);
    // The newest is in sight.
    expect([...panel.rows()].at(-1)?.lastChild?.textContent).toContain('settled 200');
  });

  test('no token is anywhere in it', async () => {
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    await session.fetch(`${api}/items`, { headers: { 'X-Own': 'planted' } });
    await expect.poll(() => panel.rows().length).toBeGreaterThan(5);
    const token = session.peekAccessToken()!;
    expect(token).toMatch(/^fake-/);
    const written = panel.root.querySelector('.inspector')!.outerHTML;
    for (const secret of [token, 'planted', 'Ada']) expect(written).not.toContain(secret);
  });

  test('once it is closed, nothing of it is left', async () => {
    const session = newSession();
    const panel = await openPanel(session);
    const frames = vi.spyOn(window, 'requestAnimationFrame');
    await expect.poll(() => frames.mock.calls.length).toBeGreaterThan(1);
    panel.button('Close the inspector').click();
    expect([...document.body.children].filter(({ shadowRoot }) => shadowRoot)).toEqual([]);
    frames.mockClear();
    await session.enter('authenticated');
    await frameAfterNext();
    expect(frames).not.toHaveBeenCalled();
    panel.close();
  });
});

describe('the page around the panel', () => {
  test('can remove it: closing it ends it all the same', async () => {
    const onClose = vi.fn();
    const close = await openInspector(newSession(), { onClose });
    onTestFinished(close);
    rootOf().host.remove();
    const frames = vi.spyOn(window, 'requestAnimationFrame');
    await expect.poll(() => frames.mock.calls.length).toBeGreaterThan(1);
    close();
    close();
    expect(onClose).toHaveBeenCalledOnce();
    frames.mockClear();
    await frameAfterNext();
    expect(frames).not.toHaveBeenCalled();
  });

  test('has no say in how it looks', async () => {
    const style = document.createElement('style');
    style.textContent = `
      body { visibility: hidden; text-transform: uppercase; letter-spacing: 9px; color-scheme: dark; }
      body > div { display: none; opacity: 0.1; filter: blur(9px); }
      div { transform: scale(0.1); }`;
    const panel = await openPanel(newSession());
    const looks = () => {
      const element = panel.root.querySelector('.inspector')!;
      const { visibility, textTransform, letterSpacing, colorScheme } = getComputedStyle(element);
      const { opacity, filter, transform } = getComputedStyle(panel.root.host);
      const { x, y, width, height } = element.getBoundingClientRect();
      const place = [x, y, width, height];
      return { visibility, textTransform, letterSpacing, colorScheme, opacity, filter, transform, place };
    };
    const before = looks();
    document.head.append(style);
    onTestFinished(() => style.remove());
    expect(looks()).toEqual(before);
    expect(before.colorScheme).toBe('light dark');
    expect(before.place[3]).toBeGreaterThan(50);
  });

  test('does not take what is typed in it for its shortcuts', async () => {
    const panel = await openPanel(newSession());
    const shortcut = vi.fn();
    const types = ['keydown', 'keypress', 'keyup'];
    for (const type of types) document.addEventListener(type, shortcut);
    onTestFinished(() => types.forEach((type) => document.removeEventListener(type, shortcut)));
    for (const type of types) {
      const event = () => new KeyboardEvent(type, { key: '/', bubbles: true, composed: true });
      panel.root.querySelector('input[type=search]')!.dispatchEvent(event());
      expect(shortcut).not.toHaveBeenCalled();
      document.body.dispatchEvent(event());
      expect(shortcut).toHaveBeenCalledOnce();
      shortcut.mockClear();
    }
  });
});

describe('a recording', () => {
  /** What the browser would save. */
  const savedBy = async (act: () => void): Promise<File> => {
    const blobs: Blob[] = [];
    const names: string[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      blobs.push(blob as Blob);
      return 'blob:nothing';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    act();
    return new File(blobs, names[0]!);
  };

  const choose = (root: ShadowRoot, file: File): void => {
    const input = root.querySelector<HTMLInputElement>('input[type=file]')!;
    const transfer = new DataTransfer();
    transfer.items.add(file);
    input.files = transfer.files;
    input.dispatchEvent(new Event('change'));
  };

  test('is saved, opened again, and replayed step by step on the real machine', async () => {
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    await session.enter('warning');
    await expect.poll(() => panel.text('.state')).toBe('idle.warning');
    const file = await savedBy(() => panel.button('Save').click());
    expect(file.name).toMatch(/^token-vigil-fake-\d+\.json$/);
    const log = () => panel.text('.log [role=status]');
    const before = log();

    choose(panel.root, file);
    await expect.poll(() => panel.text('h2')).toBe(`Recording “${file.name}”`);
    await expect.poll(log).toBe(before);
    expect(panel.text('.state')).toBe('anonymous.restoring');
    expect(panel.text('.replay [role=status]')).toMatch(
      /^The machine of this version takes all \d+ steps as they were recorded\.$/,
    );
    const steps = () => [panel.text('.replay .muted').split(' of')[0], panel.text('.state')];
    panel.button('Step ▶').click();
    await expect.poll(steps).toEqual(['Step 1', 'anonymous.settled']);
    panel.button('Step ▶').click();
    await expect.poll(steps).toEqual(['Step 2', 'anonymous.settled']);
    panel.button('Step ▶').click();
    await expect.poll(steps).toEqual(['Step 3', 'anonymous.signingIn']);
    panel.button('◀ Step').click();
    await expect.poll(steps).toEqual(['Step 2', 'anonymous.settled']);

    panel.button('Back to the session').click();
    await expect.poll(() => panel.text('.state')).toBe('idle.warning');
  });

  test('of another session shows that one alone, and then the session alone', async () => {
    const other = newSession();
    const inspection = inspectSession(other);
    await other.enter('authenticated');
    await other.fetch(`${api}/theirs`);
    await other.expire('revoked');
    await other.advance(200_000);
    await other.fetch(`${api}/theirs`).catch(() => undefined);
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    for (let count = 0; count < 5; count++) await session.fetch(`${api}/ours`);
    await session.advance(200_000);

    let drawn: string[] = [];
    vi.spyOn(CanvasRenderingContext2D.prototype, 'clearRect').mockImplementation(() => void (drawn = []));
    vi.spyOn(CanvasRenderingContext2D.prototype, 'fillText').mockImplementation((text) => drawn.push(text));
    const states = () =>
      drawn.filter((text) => /^[a-z.]+$/.test(text) && !['states', 'renewals', 'requests'].includes(text));
    const search = panel.root.querySelector<HTMLInputElement>('input[type=search]')!;
    search.value = api;
    search.dispatchEvent(new Event('input'));
    const shown = () => [...panel.rows()].map(({ lastChild }) => lastChild?.textContent).join();
    await expect.poll(shown).toMatch(/^(#\d+ [^#]+ours,?){15}$/);
    await expect.poll(states).toEqual(['authenticated']);

    choose(panel.root, new File([saveRecording(inspection)], 'other.json'));
    await expect.poll(shown).toMatch(/^(#\d+ [^#]+theirs,?)+$/);
    press(panel.root.querySelector('canvas')!, 'End');
    await expect.poll(states).toContain('expired');
    press(panel.root.querySelector('canvas')!, 'Escape');
    await expect.poll(shown).toMatch(/^(#\d+ [^#]+ours,?){15}$/);
    await expect.poll(states).toEqual(['authenticated']);
  });

  test('that another machine has made is told of', async () => {
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    await expect.poll(() => panel.text('.state')).toBe('authenticated');
    const file = await savedBy(() => panel.button('Save').click());
    const changed = (await file.text()).replace('signingIn--isSignedIn', 'signingIn--notSignedIn');
    choose(panel.root, new File([changed], 'other.json'));
    await expect
      .poll(() => panel.text('.replay [role=status]'))
      .toMatch(/takes 1 of \d+ steps otherwise, first at entry \d+: .*isSignedIn.* instead of .*notSignedIn/);
  });

  test.each([
    ['no JSON', 'hello', /the file is not JSON/],
    ['of another program', '{"entries":[]}', /not a recording of token-vigil/],
    ['of a newer version', '{"format":"token-vigil-recording","version":2}', /version 2, .* newer version/],
    ['damaged', '{"format":"token-vigil-recording","version":1,"base":null,"entries":[{}]}', /entry 1 of 1/],
  ])('that is %s gets a clear message, and the session stays', async (_, text, message) => {
    const session = newSession();
    const panel = await openPanel(session);
    await session.enter('authenticated');
    choose(panel.root, new File([text], 'bad.json'));
    await expect.poll(() => panel.text('[role=alert]')).toMatch(message);
    expect(panel.text('h2')).toBe('Session “fake”');
  });
});

/** A frame in place of a window, which a browser would block. */
const windowOf = () => {
  const frame = document.body.appendChild(document.createElement('iframe'));
  onTestFinished(() => frame.remove());
  const own = frame.contentWindow!;
  const closed = vi.fn();
  vi.spyOn(own, 'close').mockImplementation(closed);
  vi.spyOn(window, 'open').mockReturnValue(own);
  return { frame, own, closed };
};

test('a window of its own shows the session, and ends with either of the two', async () => {
  const session = newSession();
  const { own, closed } = windowOf();
  const onClose = vi.fn();
  const close = await openInspector(session, { place: 'window', onClose });
  await session.enter('authenticated');
  await expect.poll(() => own.document.querySelector('.state')?.textContent).toBe('authenticated');
  own.dispatchEvent(new Event('pagehide'));
  expect([onClose.mock.calls.length, own.document.querySelector('.inspector')]).toEqual([1, null]);
  close();
  expect([onClose.mock.calls.length, closed.mock.calls.length]).toEqual([1, 1]);
});

test('a second one takes the place of the first in the window, and ends it', async () => {
  const session = newSession();
  const { own, closed } = windowOf();
  const [first, second] = [vi.fn(), vi.fn()];
  const closeFirst = await openInspector(session, { place: 'window', onClose: first });
  const closeSecond = await openInspector(session, { place: 'window', onClose: second });
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 0]);
  await session.enter('authenticated');
  await expect.poll(() => own.document.querySelector('.state')?.textContent).toBe('authenticated');
  expect(own.document.querySelectorAll('.inspector')).toHaveLength(1);
  closeFirst();
  expect(own.document.querySelectorAll('.inspector')).toHaveLength(1);
  expect(closed).not.toHaveBeenCalled();
  closeSecond();
  expect([first.mock.calls.length, second.mock.calls.length, closed.mock.calls.length]).toEqual([1, 1, 1]);
});

test('a window that is closed before anything is drawn leaves nothing behind', async () => {
  const session = newSession();
  const { frame } = windowOf();
  const onClose = vi.fn();
  const inspected = vi.spyOn(session, 'inspect');
  const opening = openInspector(session, { place: 'window', onClose });
  frame.remove();
  (await opening)();
  expect(onClose).toHaveBeenCalledOnce();
  expect(inspected).not.toHaveBeenCalled();
});

test('a window that the browser blocks is an error that says what to do', async () => {
  vi.spyOn(window, 'open').mockReturnValue(null);
  await expect(openInspector(newSession(), { place: 'window' })).rejects.toMatchObject({
    code: 'platform_unsupported',
    message: expect.stringContaining('Call it in a click'),
  });
});
