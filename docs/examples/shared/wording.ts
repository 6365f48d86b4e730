import type { ExpiredReason } from 'token-vigil';

/** What a person is told of why their session is over. */
export const endings: Readonly<Record<ExpiredReason, string>> = {
  lapsed: 'You were away for longer than your sign-in lasts.',
  idle: 'You were away for a while.',
  revoked: 'Your sign-in was ended at the provider.',
  rejected: 'This app is not accepted by the provider any more.',
  ended: 'Your sign-in has reached its longest duration.',
  interaction: 'The provider needs to see you again.',
  switched: 'Somebody else has signed in.',
};

/** How long there is left, in words that change every ten seconds: a screen reader would read out every second of a countdown. */
export const aboutLeft = (leftMs: number): string => `less than ${Math.ceil(leftMs / 10_000) * 10} seconds`;
