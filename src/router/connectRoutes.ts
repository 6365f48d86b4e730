import type { ExpiredReason, Session, Stop } from '../index.ts';
import { noteEnds } from '../ui/ended.ts';
import { inBrowser } from '../ui/inBrowser.ts';
import { pathWithin } from './pathWithin.ts';

/** What is asked of a router. Paths begin at its base. */
export interface RoutePort {
  /** Where the router's addresses begin. */
  base(): string;
  /** Shows another page in place of the one that is shown. */
  replace(path: string): unknown;
  /** Runs the guards of the page that is shown. */
  recheck(): unknown;
}

/** Where the user goes from a guarded page when the session is over. */
export interface LeaveOptions {
  /**
   * When the session has ended: a path of the router, such as that of a page that shows `useEnded()`.
   *
   * @default the user signs in again, and comes back to the page
   */
  readonly ended?: string | ((reason: ExpiredReason) => string | undefined);
  /** After a sign-out. @default '/' */
  readonly signedOut?: string;
}

/** What a guard has to know of the router of a session. */
interface Connected {
  readonly port: RoutePort;
  /** Where the guarded page that is shown leads, while its guards are run because the session is over. */
  exit?: string | undefined;
}

const connections = new WeakMap<Session<unknown>, Connected>();

/** How a session's router is connected; as one at the root of the origin where it is not. */
export const connectionOf = (
  session: Session<unknown>,
): { readonly base: string; readonly exit?: string | undefined } => {
  const { port, exit } = connections.get(session) ?? {};
  return { base: port?.base() ?? '/', exit };
};

/** A router tells itself what its guards throw. */
const navigate = async (begin: () => unknown): Promise<void> => {
  try {
    await begin();
  } catch {}
};

/**
 * Connects a session with a router: a sign-in by redirect comes back through the router, and when the session is over the
 * guards are run again. On a server it does nothing.
 */
export const connectRoutes = (
  session: Session<unknown>,
  port: RoutePort,
  { ended, signedOut = '/' }: LeaveOptions = {},
): Stop => {
  if (!inBrowser) return () => undefined;
  const connected: Connected = { port };
  connections.set(session, connected);

  const comeBack = (url: string): void => {
    const path = pathWithin(port.base(), url);
    if (path === undefined) location.replace(url);
    else void navigate(() => port.replace(path));
  };

  const leave = async (exit: string | undefined): Promise<void> => {
    // Whoever else is told of the end still finds the page at which it came.
    await Promise.resolve();
    connected.exit = exit;
    await navigate(() => port.recheck());
    if (connected.exit === exit) connected.exit = undefined;
  };

  const stops = [
    noteEnds(session),
    session.onReturn(comeBack),
    session.on('expired', ({ reason }) => void leave(typeof ended === 'function' ? ended(reason) : ended)),
    session.on('signedOut', () => void leave(signedOut)),
  ];
  return () => {
    stops.forEach((stop) => stop());
    // A router that was connected later is not this one's to forget.
    if (connections.get(session) === connected) connections.delete(session);
  };
};
