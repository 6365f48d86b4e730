import type { SessionView } from '../../../src/index.ts';
import type { Choice } from '../contract.ts';

import { flushSync } from 'svelte';

/** Runs this in an effect that belongs to no component; returns what ends it. */
export const effectOutside = (run: () => void): (() => void) => {
  const end = $effect.root(() => {
    $effect(run);
  });
  flushSync();
  return end;
};

/** A selector of the field that is chosen. */
export const choosing = (): {
  readonly pick: (view: SessionView<unknown>) => boolean;
  readonly choose: (other: Choice) => void;
} => {
  let choice = $state<Choice>('busy');
  return { pick: (view) => view[choice], choose: (other) => void (choice = other) };
};
