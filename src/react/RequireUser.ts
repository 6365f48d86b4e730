import { createElement, type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import { guardContent, type Instead } from '../router/guardContent.ts';
import { SignedIn, type SignedInProps } from './SignedIn.ts';
import { useSession } from './useSession.ts';

/** What `RequireUser` takes. */
export interface RequireUserProps extends SignedInProps {
  /** Shown when the session has ended, such as a page with `useEnded()`. @default signs in again, and comes back to the page */
  readonly ended?: ReactNode;
  /** Shown after a sign-out that does not leave the page, or that another tab asked for. @default the `fallback` */
  readonly signedOut?: ReactNode;
}

const Thrown = ({ error }: { readonly error: unknown }): never => {
  throw error;
};

/**
 * Guards an app, or a part of it, without a router: waits until it is known whether somebody is signed in, and else leads to a
 * sign-in that comes back to the page. Meanwhile it shows the `fallback`. What `session.require` throws reaches the nearest
 * error boundary. When that shows its children again, the guard tries again.
 *
 * @example
 * <RequireUser fallback={<p>One moment …</p>}><App /></RequireUser>
 */
export const RequireUser = (props: RequireUserProps): ReactElement => {
  const session = useSession();
  const [instead, setInstead] = useState<Instead>('fallback');
  const latest = useRef(props);
  useEffect(() => void (latest.current = props));
  useEffect(() => guardContent(session, setInstead, () => latest.current.ended !== undefined), [session]);

  const fallback =
    typeof instead === 'object' ? createElement(Thrown, instead) : (props[instead] ?? props.fallback);
  return createElement(SignedIn, { ...props, fallback });
};
