import { flushSync } from 'svelte';

/** Runs this in an effect that belongs to no component; returns what ends it. */
export const effectOutside = (run: () => void): (() => void) => {
  const end = $effect.root(() => {
    $effect(run);
  });
  flushSync();
  return end;
};
