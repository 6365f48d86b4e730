import { createComponent, type JSX, Show } from 'solid-js';
import { signedInEpoch } from '../ui/signedInEpoch.ts';
import { follow } from './follow.ts';
import { useSession } from './useSession.ts';

/** What `SignedIn` takes. */
export interface SignedInProps {
  /** Shown while nobody is signed in, and while it is not known yet. */
  readonly fallback?: JSX.Element;
  readonly children?: JSX.Element;
}

/**
 * Shows its content while somebody is signed in, else the `fallback`. The content leaves the screen in the moment in which
 * the session ends, and is made anew for another user.
 */
export const SignedIn = (props: SignedInProps): JSX.Element => {
  const epoch = follow(signedInEpoch(useSession()), () => null);
  return createComponent(Show, {
    keyed: true,
    get when() {
      return epoch();
    },
    get fallback() {
      return props.fallback;
    },
    get children() {
      return props.children;
    },
  });
};
