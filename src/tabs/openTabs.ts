import { SessionError } from '../errors/sessionError.ts';
import { createBroadcastChannel } from './broadcastChannel.ts';
import type { TabSeams } from './tabSeams.ts';
import { createWebLock } from './webLock.ts';

/** What {@link openTabs} works with. */
export interface TabsOptions {
  /** `undefined` outside a page: there are no other tabs. */
  readonly window: Window | undefined;
  /** Told that this tab works by itself, and why (`tabs_unavailable`). */
  readonly onWarning: (warning: SessionError) => void;
}

/** Whether it is there, and not denied to this page: where cookies are blocked, getters and constructors throw. */
const works = (use: () => unknown): boolean => {
  try {
    return Boolean(use());
  } catch {
    return false;
  }
};

/** What this page lacks; the first of these. Pages without TLS have no Web Locks. */
const missing = ({ navigator }: Window, key: string): string | undefined => {
  if (!works(() => navigator.locks)) return 'Web Locks, which need a secure context (https)';
  const opens = (): boolean => {
    new BroadcastChannel(key).close();
    return true;
  };
  return works(opens) ? undefined : 'BroadcastChannel';
};

/** What the tabs of this name have in common; `undefined` where each works by itself. */
export const openTabs = (name: string, { window, onWarning }: TabsOptions): TabSeams | undefined => {
  // Without IndexedDB nothing can decide among tabs: the record says that this one works by itself.
  if (!window || !works(() => indexedDB)) return undefined;
  const key = `token-vigil:${name}`;
  const lacks = missing(window, key);
  if (lacks) {
    const message = `This page has no ${lacks}: each tab keeps a session of its own, and \`localStorage\` would share its tokens. \`tabs: false\` accepts that`;
    onWarning(new SessionError('tabs_unavailable', message));
    return undefined;
  }
  return { lock: createWebLock(key, window), channel: createBroadcastChannel(key, window) };
};
