import type { SessionError } from '../../errors/sessionError.ts';
import type { GrantDeps } from '../grantDeps.ts';
import { isRegisteredError } from '../protocol/isRegisteredError.ts';
import { toSessionError } from '../protocol/toSessionError.ts';
import type { TokenAnswer } from '../protocol/tokenAnswer.ts';
import type { AuthorizationRequests } from './authorizationRequests.ts';
import { isAtRedirectUri, isAuthorizationResponse, withoutResponse } from './responseUrl.ts';
import type { Asked, Transactions } from './transactions.ts';

/** What the URL of this page says. */
export type AuthorizationResponse =
  /** Nothing, or another session of this page reads it. */
  | { readonly kind: 'none' }
  /** This is the frame of a silent sign-in; its parent has been told. */
  | { readonly kind: 'framed' }
  /** An answer to nothing that is known here: back button, bookmark, reload, a link from a mail. */
  | { readonly kind: 'unmatched' }
  /** A refusal that does not say of what, while one sign-in of this tab is pending. */
  | { readonly kind: 'refused'; readonly error: SessionError }
  | {
      readonly kind: 'matched';
      readonly isSilent: boolean;
      /** The provider was told to ask the user. */
      readonly isPrompted: boolean;
      /** Whose session was there when it left. */
      readonly of?: Asked | undefined;
      finish(): Promise<TokenAnswer>;
    };

const none: AuthorizationResponse = { kind: 'none' };

/** Reads the answer in the page's URL, once, and acts on it: cleans the URL, or tells the parent of a frame. */
export const createTakeAuthorizationResponse = (
  { page, name, options, onReturn }: Pick<GrantDeps, 'page' | 'name' | 'options' | 'onReturn'>,
  openTransactions: () => Transactions,
  { finish }: Pick<AuthorizationRequests, 'finish'>,
): (() => AuthorizationResponse) => {
  if (!page) return () => none;
  let seen: string | undefined;

  const comeBack = (to: string, answer: URLSearchParams): void => {
    if (!onReturn(to, answer)) page.replaceUrl(to);
  };

  /** Old providers leave `state` out of an error. Whatever else has such a name is the app's own parameter. */
  const refusalIn = (url: URL, redirectUri: string): AuthorizationResponse => {
    const error = url.searchParams.get('error') ?? '';
    const isOurs =
      isAtRedirectUri(url, redirectUri) &&
      !url.searchParams.has('state') &&
      isRegisteredError(error) &&
      openTransactions().pending() === 1;
    if (!isOurs) return none;
    const { href, searchParams } = withoutResponse(url, ['error', 'error_description', 'error_uri', 'iss']);
    comeBack(href, searchParams);
    return { kind: 'refused', error: toSessionError({ code: 'OAUTH_AUTHORIZATION_RESPONSE_ERROR', error }) };
  };

  return () => {
    // A router that cleans the URL later must not make one answer two.
    if (page.url === seen) return none;
    const url = new URL((seen = page.url));
    const state = url.searchParams.get('state') ?? '';
    const transaction = openTransactions().peek(state);
    const redirectUri = transaction?.redirectUri ?? options.redirectUri ?? page.home;
    if (!isAuthorizationResponse(url, redirectUri)) return refusalIn(url, redirectUri);
    if (transaction?.silent === 'frame') {
      page.answerParent();
      return { kind: 'framed' };
    }
    if (transaction && transaction.session !== name) return none;
    const { href, searchParams } = withoutResponse(url);
    comeBack(transaction?.returnTo ?? href, searchParams);
    if (!transaction) return { kind: 'unmatched' };
    return {
      kind: 'matched',
      isSilent: transaction.silent !== false,
      isPrompted: transaction.isPrompted,
      of: transaction.of,
      finish: () => finish(url.href),
    };
  };
};
