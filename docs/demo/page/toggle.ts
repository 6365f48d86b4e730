import { byId } from './dom.ts';

/** Makes a button stay down: `start` runs when it is pressed, and what that returned when it is released. */
export function toggleButton(id: string, start: () => () => void): void {
  const button = byId(id);
  let stop: (() => void) | undefined;

  button.addEventListener('click', () => {
    const release = stop;
    stop = release ? undefined : start();
    release?.();
    button.ariaPressed = String(!release);
  });
}
