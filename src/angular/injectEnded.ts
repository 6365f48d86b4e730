import type { Signal } from '@angular/core';
import { type Ended, endedOf } from '../ui/ended.ts';
import { follow } from './follow.ts';
import { injectSession, type OfSession } from './injectSession.ts';

/** Why the last session is over, and the way back to the page that the user was on; `null` while there is nothing to say. */
export const injectEnded = (of?: OfSession<unknown>): Signal<Ended | null> =>
  follow(endedOf(injectSession(of)), () => null);
