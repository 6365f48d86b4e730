import type { Session } from 'token-vigil';

/** Somebody at the keyboard. Their signs of presence are all they do: they make no requests. */
export interface Person {
  /** Moves the mouse and navigates in the app from now on. */
  work(): void;
  /** Goes away. */
  leave(): void;
}

const moveEveryMs = 300;

/** Nobody is there yet. */
export function createPerson(session: Session<unknown>): Person {
  let moving: NodeJS.Timeout | undefined;
  const leave = () => clearInterval(moving);

  return {
    leave,
    work() {
      leave();
      session.touch();
      moving = setInterval(() => session.touch(), moveEveryMs);
    },
  };
}
