import '@angular/compiler';
import { type ApplicationRef, ErrorHandler, type Signal, signal, type Type } from '@angular/core';
import { onTestFinished } from 'vitest';
import {
  injectEnded,
  injectIdleWarning,
  injectRemaining,
  injectSessionValue,
  injectSignedIn,
  injectStatus,
  injectUser,
  provideSession,
} from '../../src/angular/index.ts';
import type { FakeSession } from '../../src/testing/index.ts';
import { component, startApp } from './angularApp.ts';
import { type Adapter, type Choice, describeAdapter, type Part, type Person } from './contract.ts';

type Note = Parameters<Adapter['mount']>[3];

/** What each part shows. */
const shows: Record<Part, (session?: FakeSession<Person>) => () => string> = {
  status: () => injectStatus(),
  user(session) {
    const user = injectUser({ session: session! });
    return () => user()?.name ?? 'nobody';
  },
  state: () => injectSessionValue(({ state }) => state),
  initials(session) {
    const initials = injectSessionValue(
      ({ user }) => ({ first: user?.name[0] }),
      (a, b) => a.first === b.first,
      { session: session! },
    );
    return () => initials().first ?? '-';
  },
  token() {
    const left = injectRemaining('token');
    return () => String(left());
  },
  session() {
    const left = injectRemaining('session', 60_000);
    return () => String(left());
  },
  warning() {
    const { open, left } = injectIdleWarning();
    return () => (open() ? String(left()) : 'closed');
  },
  ended() {
    const ended = injectEnded();
    return () => {
      const end = ended();
      return end ? `${end.reason} at ${end.returnTo}` : 'going on';
    };
  },
  guarded(session) {
    const user: Signal<Person> = injectUser({ session: session!, required: true });
    return () => user().name;
  },
  inside: (session) => shows.guarded(session),
  trusting: (session) => injectSessionValue(({ user }) => user!.name, undefined, { session: session! }),
};

const componentOf = (part: Part, session: FakeSession<Person> | undefined, note: Note): Type<unknown> =>
  component(`part-${part}`, `<p data-part="${part}">{{ text() }}</p>`, () => {
    note(part, 'mounted');
    const show = shows[part](session);
    const text = (): string => {
      note(part, 'rendered');
      return show();
    };
    return { text };
  });

/** Within the boundary where it is `inside`. */
const placed = (part: Part): string =>
  part === 'inside' || part === 'trusting'
    ? `@for (key of signedIn(); track key) { <part-${part} /> } @empty { <p data-part="${part}">outside</p> }`
    : `<part-${part} />`;

const apps = new Set<ApplicationRef>();
/** What a template throws leaves the page as it was. */
const errors: unknown[] = [];
const collecting = {
  provide: ErrorHandler,
  useValue: { handleError: (error: unknown) => errors.push(error) },
};

describeAdapter({
  name: 'angular',
  // Elements know their views by number only.
  devtools: () => [apps],
  async mount(session, into, shown, note) {
    const root = component(
      'app-root',
      shown.map(placed).join(''),
      () => ({ signedIn: injectSignedIn() }),
      shown.map((part) => componentOf(part, session, note)),
    );
    const app = await startApp(root, into, [provideSession(session), collecting]);
    apps.add(app);
    const unmount = (): void => {
      if (apps.delete(app)) app.destroy();
    };
    onTestFinished(unmount);
    return { unmount };
  },
  async settle() {
    for (const app of apps) await app.whenStable();
    for (const error of errors.splice(0)) throw error;
  },
  async mountWithout(part, into) {
    await startApp(
      componentOf(part, undefined, () => undefined),
      into,
      [],
    );
  },
  async mountChoosing(session, into) {
    const choice = signal<Choice>('busy');
    const choosing = component('app-choosing', '{{ chosen() }}', () => ({
      chosen: injectSessionValue((view) => view[choice()]),
    }));
    const app = await startApp(choosing, into, [provideSession(session)]);
    apps.add(app);
    onTestFinished(() => {
      apps.delete(app);
      app.destroy();
    });
    return choice.set;
  },
  async mountRestless(session, into) {
    const restless = component('app-restless', '{{ restless().name }}', () => ({
      restless: injectSessionValue(({ user }) => ({ name: user?.name }), undefined, { session }),
    }));
    await startApp(restless, into, [provideSession(session)]);
  },
});
