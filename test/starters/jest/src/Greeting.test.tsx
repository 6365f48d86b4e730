import { act, render, screen } from '@testing-library/react';
import { SessionProvider } from 'token-vigil/react';
import { createFakeSession } from 'token-vigil/testing';
import { Greeting } from './Greeting';

const renderGreeting = () => {
  const session = createFakeSession({
    user: { name: 'Ada' },
    idle: { after: 300_000, signOutAfter: 600_000 },
  });
  render(
    <SessionProvider session={session}>
      <Greeting />
    </SessionProvider>,
  );
  return session;
};

test('greets who is signed in', async () => {
  const session = renderGreeting();
  expect(screen.getByRole('button').textContent).toBe('Sign in');

  await act(() => session.enter('authenticated'));
  expect(screen.getByText('Hello Ada')).toBeTruthy();
});

test('asks whether the user is still there, and counts down', async () => {
  const session = renderGreeting();
  await act(() => session.enter('warning'));
  await act(() => session.advance(20_000));
  expect(screen.getByRole('button').textContent).toBe('Stay signed in (40 s)');

  act(() => screen.getByRole('button').click());
  expect(screen.getByText('Hello Ada')).toBeTruthy();
});
