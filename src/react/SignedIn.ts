import { createElement, Fragment, type ReactElement, type ReactNode, useMemo } from 'react';
import { signedInEpoch } from '../ui/signedInEpoch.ts';
import { useSelection } from './useSelection.ts';
import { useSession } from './useSession.ts';

/** What `SignedIn` takes. */
export interface SignedInProps {
  /** Shown while nobody is signed in, and while it is not known yet. */
  readonly fallback?: ReactNode;
  readonly children?: ReactNode;
}

/**
 * Shows its content while somebody is signed in, else the `fallback`. The content leaves the screen in the moment in which
 * the session ends, and is made anew for another user.
 */
export const SignedIn = ({ fallback, children }: SignedInProps): ReactElement => {
  const session = useSession();
  const selection = useMemo(() => signedInEpoch(session), [session]);
  const epoch = useSelection(selection, null);
  return createElement(Fragment, { key: epoch }, epoch === null ? fallback : children);
};
