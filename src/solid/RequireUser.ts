import { createComponent, createSignal, type JSX, onCleanup, onMount } from 'solid-js';
import { guardContent, type Instead } from '../router/guardContent.ts';
import { SignedIn, type SignedInProps } from './SignedIn.ts';
import { useSession } from './useSession.ts';

/** What `RequireUser` takes. */
export interface RequireUserProps extends SignedInProps {
  /** Shown when the session has ended, such as a page with `useEnded()`. @default signs in again, and comes back to the page */
  readonly ended?: JSX.Element;
  /** Shown after a sign-out that does not leave the page, or that another tab asked for. @default the `fallback` */
  readonly signedOut?: JSX.Element;
}

/**
 * Guards an app, or a part of it, without a router: waits until it is known whether somebody is signed in, and else leads to a
 * sign-in that comes back to the page. Meanwhile it shows the `fallback`. What `session.require` throws reaches the nearest
 * `ErrorBoundary`, whose `reset` tries again.
 *
 * @example
 * <RequireUser fallback={<p>One moment …</p>}><App /></RequireUser>
 */
export const RequireUser = (props: RequireUserProps): JSX.Element => {
  const session = useSession();
  const [instead, setInstead] = createSignal<Instead>('fallback');
  // To read a prop is to make its content.
  onMount(() => onCleanup(guardContent(session, setInstead, () => 'ended' in props)));

  return createComponent(SignedIn, {
    get fallback() {
      const now = instead();
      if (typeof now === 'object') throw now.error;
      return props[now] ?? props.fallback;
    },
    get children() {
      return props.children;
    },
  });
};
