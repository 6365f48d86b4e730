import { signedInEpoch } from '../ui/signedInEpoch.ts';
import { type Current, follow } from './follow.ts';
import { type OfSession, useSession } from './useSession.ts';

/**
 * A key for content that only signed-in users see, another one for each sign-in; `null` while nobody is signed in. Content that
 * is keyed by it leaves the screen as soon as the session ends, and is created again for another user.
 *
 * @example
 * const signedIn = useSignedIn();
 * // {#key signedIn.current}{#if signedIn.current}<Account />{:else}<Welcome />{/if}{/key}
 */
export const useSignedIn = (of?: OfSession<unknown>): Current<number | null> =>
  follow(signedInEpoch(useSession(of)), () => null);
