import { isSessionError, type Session } from '../index.ts';
import { inBrowser } from '../ui/inBrowser.ts';
import { connectionOf } from './connectRoutes.ts';
import { pathWithin } from './pathWithin.ts';

/**
 * What a guard does: waits until it is known whether somebody is signed in, and signs in where nobody is. Settles with the
 * path to go to instead, or with `undefined` where the page may be shown; on a server, which knows of no session, at once.
 *
 * @param address The page that is asked for, with query and fragment
 * @param signal Aborts when the page is no longer asked for: whoever has gone elsewhere meanwhile is not sent to a sign-in
 * @throws {SessionError} what `session.require` throws
 */
export const admitPage = async (
  session: Session<unknown>,
  address: string,
  signal?: AbortSignal,
): Promise<string | undefined> => {
  if (!inBrowser) return undefined;
  await session.start();
  if (signal?.aborted) return undefined;
  const { base, exit } = connectionOf(session);
  const path = pathWithin(base, address);
  if (session.status !== 'signedIn' && exit !== undefined && exit !== path) return exit;
  try {
    await session.require({ returnTo: new URL(address, location.href).href, ...(signal && { signal }) });
    return undefined;
  } catch (error) {
    if (signal?.aborted) return undefined;
    // Back at the provider: whoever comes back to the page that they came from stays there.
    const shown = pathWithin(base, location.href);
    if (isSessionError(error) && error.code === 'sign_in_cancelled' && shown !== path) return shown;
    throw error;
  }
};
