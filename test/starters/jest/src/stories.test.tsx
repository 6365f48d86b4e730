import { act, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import meta, * as stories from './Greeting.stories';

type Load = () => Promise<Record<string, unknown>>;
type Decorate = (story: typeof meta.component, context: { loaded: Record<string, unknown> }) => ReactNode;

/** Shows a story as Storybook does: first what it loads, then the component within its decorators. */
const show = async (story: { loaders?: unknown }): Promise<string | null> => {
  const [load] = story.loaders as [Load];
  const [decorate] = meta.decorators as unknown as [Decorate];
  const loaded = await load();
  const { container } = await act(async () => render(decorate(meta.component, { loaded })));
  return container.textContent;
};

test.each([
  ['SignedOut', 'Sign in'],
  ['SignedIn', 'Hello Ada'],
  ['Warned', 'Stay signed in (60 s)'],
] as const)('the story %s shows: %s', async (name, text) => {
  expect(await show(stories[name])).toBe(text);
});
