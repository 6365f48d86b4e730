import type { Accessor } from 'solid-js';
import type { SessionStatus } from '../index.ts';
import type { OfSession } from './useSession.ts';
import { useSessionValue } from './useSessionValue.ts';

/** `loading`, `signedIn` or `signedOut`; it does not flicker when a token is renewed or the user is idle. */
export const useStatus = (of?: OfSession<unknown>): Accessor<SessionStatus> =>
  useSessionValue(({ status }) => status, undefined, of);
