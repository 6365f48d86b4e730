import type { Provider } from './provider.ts';
import { withParameters } from './withParameters.ts';

/** What a sign-out at the provider is told. */
export interface EndSessionOptions {
  readonly idToken?: string | undefined;
  /** Where the provider sends the user afterwards; registered there. */
  readonly to?: string | undefined;
  readonly state?: string | undefined;
}

/** Where the user leaves to for signing out at the provider (OpenID Connect RP-Initiated Logout 1.0), if it has such a place. */
export const endSessionUrl = async (
  provider: Provider,
  { idToken, to, state }: EndSessionOptions,
): Promise<string | undefined> => {
  const url = await provider.endpoint('end_session_endpoint');
  const told = { client_id: provider.config.clientId, post_logout_redirect_uri: to, state };
  return url && withParameters(url, { ...told, id_token_hint: idToken });
};
