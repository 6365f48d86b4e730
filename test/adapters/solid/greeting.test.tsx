/* @jsxImportSource solid-js */
import { render } from 'solid-js/web';
import { SessionProvider, useUser } from 'token-vigil/solid';
import { createFakeSession } from 'token-vigil/testing';
import { expect, test } from 'vitest';

const Greeting = () => {
  const user = useUser();
  return <p>Hello {user()?.name ?? 'stranger'}</p>;
};

test('greets who is signed in', async () => {
  const session = createFakeSession({ user: { name: 'Ada' } });
  const page = document.createElement('main');
  const unmount = render(
    () => (
      <SessionProvider session={session}>
        <Greeting />
      </SessionProvider>
    ),
    page,
  );
  expect(page.textContent).toBe('Hello stranger');

  await session.enter('authenticated');
  expect(page.textContent).toBe('Hello Ada');
  unmount();
});
