import type { SessionStatus, SessionView } from '../index.ts';
import type { OfSession } from './useSession.ts';
import { useSessionValue } from './useSessionValue.ts';

const statusIn = ({ status }: SessionView<unknown>): SessionStatus => status;

/** `loading`, `signedIn` or `signedOut`; it does not flicker when a token is renewed or the user is idle. */
export const useStatus = (of?: OfSession<unknown>): SessionStatus => useSessionValue(statusIn, undefined, of);
