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

/** What this browser lacks; the first of these that there is none of. */
const missing = ({ navigator }: Window): string | undefined => {
  // By TypeScript's types they are always there: pages without TLS have no Web Locks.
  if (!(navigator as Partial<Navigator>).locks) return 'Web Locks, which need a secure context (https)';
  return typeof BroadcastChannel === 'undefined' ? 'BroadcastChannel' : undefined;
};

/** What the tabs of this name have in common; `undefined` where each works by itself. */
export const openTabs = (name: string, { window, onWarning }: TabsOptions): TabSeams | undefined => {
  // Without IndexedDB nothing can decide among tabs: the record says that this one works by itself.
  if (!window || typeof indexedDB === 'undefined') return undefined;
  const lacks = missing(window);
  if (lacks) {
    const message = `This browser has no ${lacks}: each tab keeps a session of its own. \`tabs: false\` accepts that`;
    onWarning(new SessionError('tabs_unavailable', message));
    return undefined;
  }
  const key = `token-vigil:${name}`;
  return { lock: createWebLock(key, window), channel: createBroadcastChannel(key, window) };
};
