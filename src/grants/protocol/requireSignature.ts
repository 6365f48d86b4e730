import * as oauth from 'oauth4webapi';
import type { ProviderHttp } from './provider.ts';

/** Refuses an ID token that no key of the provider has signed. `response` is the one that was processed. */
export const requireSignature = async (
  as: oauth.AuthorizationServer,
  response: Response,
  http: ProviderHttp,
): Promise<void> => {
  try {
    await oauth.validateApplicationLevelSignature(as, response, http);
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code !== oauth.KEY_SELECTION) throw thrown;
    // Keys are kept by the metadata object, and theirs may have been replaced a moment ago.
    await oauth.validateApplicationLevelSignature({ ...as }, response, http);
  }
};
