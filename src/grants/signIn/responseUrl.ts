/** Parameters of an authorization response (RFC 6749 §4.1.2, RFC 9207, OpenID Connect Session Management 1.0). */
const PARAMETERS = ['state', 'code', 'error', 'error_description', 'error_uri', 'iss', 'session_state'];

const pageOf = (url: string): string | undefined => url.split(/[?#]/)[0];

/** Whether a URL is the page that the provider sends users back to. */
export const isAtRedirectUri = ({ href }: URL, redirectUri: string): boolean =>
  redirectUri !== '' && pageOf(href) === pageOf(new URL(redirectUri).href);

/** Whether a URL holds the answer to an authorization request. */
export const isAuthorizationResponse = (url: URL, redirectUri: string): boolean => {
  const { searchParams: said } = url;
  return said.has('state') && (said.has('code') || said.has('error')) && isAtRedirectUri(url, redirectUri);
};

/** The URL as it was before the provider added to it. */
export const withoutResponse = (url: URL, parameters: readonly string[] = PARAMETERS): URL => {
  const isOurs = (pair: string): boolean =>
    [...new URLSearchParams(pair).keys()].some((name) => parameters.includes(name));
  const clean = new URL(url);
  // `searchParams.delete` would spell anew what it leaves.
  clean.search = url.search
    .slice(1)
    .split('&')
    .filter((pair) => !isOurs(pair))
    .join('&');
  return clean;
};
