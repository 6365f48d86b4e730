import { SessionError } from '../../errors/sessionError.ts';
import type { SignInOptions } from '../../grants/signInOptions.ts';
import { parseUrl } from '../../url/parseUrl.ts';

/** The account actions that Keycloak offers during a sign-in; a realm can have more. */
export type AccountAction =
  | 'UPDATE_PASSWORD'
  | 'UPDATE_PROFILE'
  | 'UPDATE_EMAIL'
  | 'VERIFY_EMAIL'
  | 'CONFIGURE_TOTP'
  | 'webauthn-register'
  | 'webauthn-register-passwordless'
  | 'delete_account'
  | (string & {});

/**
 * Sign-in options that let the user carry out an action and return: `session.signIn(accountAction('UPDATE_PASSWORD'))`.
 * Its result is `kc_action_status` in the second argument of the option `onReturn`: `success`, `cancelled` or `error`.
 */
export const accountAction = (action: AccountAction): SignInOptions => ({
  parameters: { kc_action: action },
});

const inRealm = (issuer: string, path: string): URL => {
  const url = parseUrl(issuer) && parseUrl(`${issuer.replace(/\/$/, '')}/${path}`);
  if (url) return url;
  throw new SessionError(
    'option_invalid',
    `The issuer must be an absolute URL, not ${JSON.stringify(issuer)}`,
  );
};

/** The page where users manage their account, with a link back to the app if `clientId` and `returnTo` are given. */
export const accountUrl = (
  issuer: string,
  { clientId, returnTo }: { readonly clientId?: string; readonly returnTo?: string } = {},
): string => {
  const url = inRealm(issuer, 'account/');
  if (clientId !== undefined) url.searchParams.set('referrer', clientId);
  if (returnTo !== undefined) url.searchParams.set('referrer_uri', returnTo);
  return url.href;
};

/** Whether the realm knows `prompt=create` (OpenID Connect Prompt Create 1.0 §4.2): Keycloak does from 26.1 on. */
const knowsPromptCreate = async (issuer: string, fetch: typeof globalThis.fetch): Promise<boolean> => {
  const response = await fetch(inRealm(issuer, '.well-known/openid-configuration'));
  const { prompt_values_supported: prompts } = Object(await response.json()) as {
    prompt_values_supported?: unknown;
  };
  return Array.isArray(prompts) && prompts.includes('create');
};

/**
 * Sign-in options that show the form for a new account first: `session.signIn(await registration(issuer))`.
 * The realm must allow registration. If its metadata cannot be read, the options are those for newer servers.
 */
export const registration = async (
  issuer: string,
  { fetch = globalThis.fetch }: { readonly fetch?: typeof globalThis.fetch } = {},
): Promise<SignInOptions> => {
  const isStandard = await knowsPromptCreate(issuer, fetch).catch(() => true);
  // Before 26.1 Keycloak has an endpoint of its own, which takes what the authorization endpoint takes.
  return isStandard
    ? { prompt: 'create' }
    : { authorizationEndpoint: inRealm(issuer, 'protocol/openid-connect/registrations').href };
};
