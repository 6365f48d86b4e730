import { createElement, Fragment, type ReactElement, type ReactNode, useMemo } from 'react';
import type { Session } from '../index.ts';
import { signedInEpoch } from '../ui/signedInEpoch.ts';
import { useSelection } from './useSelection.ts';
import { useSession } from './useSession.ts';

/** What `SignedIn` takes. */
export interface SignedInProps {
  /** Shown while nobody is signed in, and while it is not known yet. */
  readonly fallback?: ReactNode;
  readonly children?: ReactNode;
}

/** Numbers of sessions: two of them can have the same epoch. */
const numbers = new WeakMap<Session<unknown>, number>();
let lastNumber = 0;

const numberOf = (session: Session<unknown>): number => {
  const number = numbers.get(session) ?? ++lastNumber;
  numbers.set(session, number);
  return number;
};

/**
 * Shows its content while somebody is signed in, else the `fallback`. The content leaves the screen in the moment in which
 * the session ends, and is made anew for another user.
 */
export const SignedIn = ({ fallback, children }: SignedInProps): ReactElement => {
  const session = useSession();
  const selection = useMemo(() => signedInEpoch(session), [session]);
  const epoch = useSelection(selection, null);
  const key = `${numberOf(session)} ${epoch}`;
  return createElement(Fragment, { key }, epoch === null ? fallback : children);
};
