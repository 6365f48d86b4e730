import type { Handler, Module } from './module.ts';
import { randomText } from './tokenEndpoint.ts';

/** Scopes that ask for claims. */
export const CLAIM_SCOPES = ['profile', 'email', 'phone', 'address'];

/** Nobody is asked for anything: the browser is sent back at once. */
export const createAuthorizationEndpoint = (module: Module): Handler => {
  const { asked, codes, conduct, require, changeKeys } = module;
  return ({ query }) => {
    const { client } = module;
    require(asked.includes('discovery'), 'somebody was sent to sign in before the metadata were asked for');
    if (asked.includes('authorize') && conduct.changesKeys === 'at the second sign-in') changeKeys();
    asked.push('authorize');
    const scope = query.get('scope')?.split(' ') ?? [];
    const redirectUri = query.get('redirect_uri') ?? '';
    require(query.get('response_type') === 'code', 'response_type is not code');
    require(query.get('client_id') === client?.clientId, 'another client_id');
    require(redirectUri === client?.redirectUri, `redirect_uri was not registered: ${redirectUri}`);
    require(scope.includes('openid'), 'scope has no openid');
    require(CLAIM_SCOPES.some((each) => scope.includes(each)), 'scope asks for no claims');
    require(!query.has('request') && !query.has('request_uri'), 'a request object');
    require(query.get('code_challenge_method') === 'S256', 'no S256 challenge');
    const code = randomText();
    codes.set(code, { redirectUri, challenge: query.get('code_challenge'), nonce: query.get('nonce') });
    const answer = new URLSearchParams({ code, state: query.get('state') ?? '' });
    return { location: `${redirectUri}?${answer}` };
  };
};

export const createEndSessionEndpoint = (module: Module): Handler => {
  const { asked, conduct, issued, require } = module;
  return ({ query }) => {
    asked.push('end_session');
    const [to, hint] = [query.get('post_logout_redirect_uri') ?? '', query.get('id_token_hint')];
    const sent = query.get('state') ?? '';
    require(issued.some(({ idToken }) => idToken === hint), 'the id_token_hint is no ID token of ours');
    require(to ===
      module.client?.postLogoutRedirectUri, `post_logout_redirect_uri was not registered: ${to}`);
    require(sent, 'a sign-out without state');
    const state = conduct.logoutState ? conduct.logoutState(sent) : sent;
    return { location: state === undefined ? to : `${to}?${new URLSearchParams({ state })}` };
  };
};
