import { flushSync, mount, unmount } from 'svelte';
import { createFakeSession } from 'token-vigil/testing';
import { expect, test } from 'vitest';
import Greeting from './Greeting.svelte';
import WithSession from './WithSession.svelte';

test('greets who is signed in', async () => {
  const session = createFakeSession({ user: { name: 'Ada' } });
  const target = document.createElement('main');
  const app = mount(WithSession, { target, props: { session, component: Greeting } });
  flushSync();
  expect(target.textContent).toBe('Hello stranger');

  await session.enter('authenticated');
  flushSync();
  expect(target.textContent).toBe('Hello Ada');
  await unmount(app);
});
