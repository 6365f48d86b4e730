import { createComponent, createSignal, type JSX, onCleanup, onMount } from 'solid-js';
import { admitPage } from '../router/admitPage.ts';
import { SignedIn, type SignedInProps } from './SignedIn.ts';
import { useSession } from './useSession.ts';

/** What `RequireUser` takes. */
export interface RequireUserProps extends SignedInProps {
  /** Shown when the session has ended, such as a page with `useEnded()`. @default signs in again, and comes back to the page */
  readonly ended?: JSX.Element;
  /** Shown after a sign-out that does not leave the page, or that another tab asked for. @default the `fallback` */
  readonly signedOut?: JSX.Element;
}

/** What is shown in place of the content: one of the props, or to an error boundary. */
type Instead = 'fallback' | 'ended' | 'signedOut' | { readonly error: unknown };

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
  /** Aborts what is asked for, when that is over. */
  let over = new AbortController();

  const admit = async (): Promise<void> => {
    over.abort();
    over = new AbortController();
    const { signal } = over;
    setInstead('fallback');
    try {
      await admitPage(session, location.href, signal);
    } catch (error) {
      if (!signal.aborted) setInstead({ error });
    }
  };

  const show = (other: 'ended' | 'signedOut'): void => {
    over.abort();
    setInstead(other);
  };
  const stopAsking = (): void => show('signedOut');

  onMount(() => {
    // To read a prop is to make its content.
    onCleanup(session.on('expired', () => void ('ended' in props ? show('ended') : admit())));
    onCleanup(session.on('signedOut', stopAsking));
    // What an earlier end left behind is not shown when the session begins anew.
    onCleanup(session.on('signedIn', () => void setInstead('fallback')));
    onCleanup(stopAsking);
    void admit();
  });

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
