import { SessionError } from '../../errors/sessionError.ts';
import type { Page } from '../../page/page.ts';
import { parseUrl } from '../../url/parseUrl.ts';
import type { GrantDeps } from '../grantDeps.ts';
import type { SilentMode } from '../grantOptions.ts';
import { beginCodeGrant, finishCodeGrant } from '../protocol/codeGrant.ts';
import type { Provider } from '../protocol/provider.ts';
import type { TokenAnswer } from '../protocol/tokenAnswer.ts';
import type { Prompted } from './prompting.ts';
import { isAuthorizationResponse, withoutResponse } from './responseUrl.ts';
import type { Transactions } from './transactions.ts';

/** Sign-ins on the provider's page: what is sent, and what comes back for it. */
export interface AuthorizationRequests {
  /** The URL to leave for, or to open in a frame; what is needed on return is kept in this tab. */
  begin(asked: Prompted, silent: SilentMode): Promise<string>;
  /** Redeems what came back. */
  finish(responseUrl: string): Promise<TokenAnswer>;
}

const requirePage = (page: Page | undefined): Page => {
  if (page) return page;
  throw new SessionError(
    'platform_unsupported',
    'Sign-in by redirect needs a page. Outside a browser use `signIn({ username, password })` or `options.grants.signIn`',
  );
};

/** Where the user returns to. Nothing here can lead them to another origin. */
const onOrigin = (returnTo: string, here: URL): string => {
  const to: unknown = (Object(returnTo) as Partial<URL>).href ?? returnTo;
  const url = typeof to === 'string' ? parseUrl(to, here.href) : undefined;
  // `blob:` addresses claim the origin that made them, and a name before the host is not part of it.
  if (url?.origin === here.origin && url.protocol === here.protocol && !url.username && !url.password)
    return url.href;
  throw new SessionError('option_invalid', `signIn: \`returnTo\` must be an address on ${here.origin}`);
};

export const createAuthorizationRequests = (
  provider: Provider,
  { page, options, record }: Pick<GrantDeps, 'page' | 'options' | 'record'>,
  openTransactions: () => Transactions,
): AuthorizationRequests => {
  const redirectUri = options.redirectUri ?? page?.home ?? '';

  return {
    async begin({ returnTo, parameters, ...asked }, silent) {
      const here = new URL(requirePage(page).url);
      // A router that has not cleaned the URL yet must not be sent back to an answer.
      const shown = isAuthorizationResponse(here, redirectUri) ? withoutResponse(here) : here;
      const { url, transaction } = await beginCodeGrant(provider, {
        ...asked,
        redirectUri: (silent === 'frame' && options.silentRedirectUri) || redirectUri,
        returnTo: onOrigin(returnTo ?? shown.href, here),
        silent,
        parameters: { ...options.tokenParameters, ...parameters },
      });
      const isPrompted = !silent && asked.prompt !== undefined && asked.prompt !== 'none';
      const { epoch, generation } = await record.read();
      openTransactions().save(transaction, isPrompted, { epoch, generation });
      return url;
    },

    async finish(responseUrl) {
      const url = new URL(responseUrl);
      const transaction = openTransactions().take(url.searchParams.get('state') ?? '');
      if (transaction) return finishCodeGrant(provider, transaction, url);
      throw new SessionError('sign_in_cancelled', 'The answer belongs to no sign-in of this tab');
    },
  };
};
