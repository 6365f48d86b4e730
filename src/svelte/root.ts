import { getContext } from 'svelte';
import type { Session } from '../index.ts';

/** What a component gives to those below it by `setSession`. */
export interface Root {
  readonly session: Session<never>;
  /** Whether the HTML of a server is still being hydrated. Effects that read it run again when that is over. */
  readonly isHydrating: () => boolean;
}

/** Under which components find it. */
export const ROOT = Symbol('token-vigil');

/** What the component that is being created finds above it; `undefined` if there is nothing, and outside of components. */
export const rootHere = (): Root | undefined => {
  try {
    return getContext<Root | undefined>(ROOT);
  } catch {
    // Svelte has no other way to ask whether a component is being created.
    return undefined;
  }
};
