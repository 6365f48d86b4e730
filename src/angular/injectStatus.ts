import type { Signal } from '@angular/core';
import type { SessionStatus } from '../index.ts';
import type { OfSession } from './injectSession.ts';
import { injectSessionValue } from './injectSessionValue.ts';

/** `loading`, `signedIn` or `signedOut`; it does not flicker when a token is renewed or the user is idle. */
export const injectStatus = (of?: OfSession<unknown>): Signal<SessionStatus> =>
  injectSessionValue(({ status }) => status, undefined, of);
