import { createFakeSession, type FakeSession } from 'token-vigil/testing';
import type { Person } from './person.ts';

declare global {
  interface Window {
    rendered: {
      readonly session: FakeSession<Person>;
      /** Whether the elements of the server's HTML are those that are shown. */
      isTakenOver(): boolean;
    };
  }
}

/** Takes over the HTML of a server; with `?known` when it is known already that Ada is signed in. */
export const hydratePage = async (
  hydrate: (session: FakeSession<Person>, into: HTMLElement) => unknown,
): Promise<void> => {
  const session = createFakeSession<Person>({ user: { name: 'Ada' } });
  if (location.search === '?known') await session.enter('authenticated');
  const main = document.querySelector('main')!;
  hydrate(session, document.querySelector<HTMLElement>('#app')!);
  window.rendered = { session, isTakenOver: () => main.isConnected };
};
