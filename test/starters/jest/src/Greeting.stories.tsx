import type { Meta, StoryObj } from '@storybook/react-vite';
import { SessionProvider } from 'token-vigil/react';
import { createFakeSession, type FakeState } from 'token-vigil/testing';
import { Greeting } from './Greeting';

const inState = (state: FakeState): StoryObj => ({
  loaders: [
    async () => {
      const session = createFakeSession({
        user: { name: 'Ada' },
        idle: { after: 300_000, signOutAfter: 600_000 },
      });
      await session.enter(state);
      return { session };
    },
  ],
});

export default {
  component: Greeting,
  decorators: [
    (Story, { loaded }) => (
      <SessionProvider session={loaded.session}>
        <Story />
      </SessionProvider>
    ),
  ],
} satisfies Meta;

export const SignedOut = inState('anonymous');
export const SignedIn = inState('authenticated');
export const Warned = inState('warning');
