import type { Ref } from 'vue';
import type { SessionStatus } from '../index.ts';
import type { OfSession } from './useSession.ts';
import { useSessionValue } from './useSessionValue.ts';

/** `loading`, `signedIn` or `signedOut`; it does not change when a token is renewed or the user becomes idle. */
export const useStatus = (of?: OfSession<unknown>): Readonly<Ref<SessionStatus>> =>
  useSessionValue(({ status }) => status, undefined, of);
