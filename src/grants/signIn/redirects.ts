import { SessionError } from '../../errors/sessionError.ts';
import { createTabStore } from '../../storage/tabStore.ts';
import { parseUrl } from '../../url/parseUrl.ts';
import type { GrantDeps } from '../grantDeps.ts';
import type { Page } from '../page.ts';
import { beginCodeGrant, finishCodeGrant } from '../protocol/codeGrant.ts';
import type { Provider } from '../protocol/provider.ts';
import type { TokenAnswer } from '../protocol/tokenAnswer.ts';
import type { SignInOptions } from '../signInOptions.ts';
import { createTransactions } from './transactions.ts';

/** What a page that was loaded with an answer of the provider in its URL finds. */
type RedirectAnswer =
  /** No answer. */
  | { readonly kind: 'none' }
  /** This is the frame of a silent sign-in; its parent has been told. */
  | { readonly kind: 'framed' }
  /** An answer to nothing that is known here: back button, bookmark, reload, a link from a mail. */
  | { readonly kind: 'unmatched' }
  | { readonly kind: 'matched'; readonly isSilent: boolean; finish(): Promise<TokenAnswer> };

/** Sign-ins that leave the page and come back. */
export interface Redirects {
  readonly redirectUri: string;
  /** The URL to leave for; what is needed on return is kept in this tab. */
  begin(options: SignInOptions, silent: 'frame' | 'redirect' | false): Promise<string>;
  /** What the page's URL says, which is cleaned. */
  answer(): RedirectAnswer;
  /** Finishes the silent sign-in of a frame. */
  finish(answerUrl: string): Promise<TokenAnswer>;
  /** Counts a redirect that nobody asked for; fails where two in a row brought nothing. */
  countRedirect(): void;
  /** Something that is done once per tab until somebody is signed in; `true` the first time. */
  once(what: string): boolean;
  /** Somebody is signed in: forget what was tried. */
  reset(): void;
}

const LOOP_MS = 30_000;

const isAnswer = (url: URL): boolean =>
  url.searchParams.has('state') && (url.searchParams.has('code') || url.searchParams.has('error'));

const withoutAnswer = (url: URL): URL => {
  const clean = new URL(url);
  for (const name of ['state', 'code', 'error', 'error_description', 'error_uri', 'iss', 'session_state']) {
    clean.searchParams.delete(name);
  }
  return clean;
};

const requirePage = (page: Page | undefined): Page => {
  if (page) return page;
  throw new SessionError(
    'platform_unsupported',
    'Sign-in by redirect needs a page. Outside a browser use `signIn({ username, password })` or `options.grants.signIn`',
  );
};

/** Where the user returns to. Nothing here can lead them to another origin. */
const onOrigin = (returnTo: string, here: URL): string => {
  const url = parseUrl(returnTo, here.href);
  if (url?.origin === here.origin) return url.href;
  throw new SessionError('option_invalid', `signIn: \`returnTo\` must be an address on ${here.origin}`);
};

export const createRedirects = (provider: Provider, { page, name, options, clock }: GrantDeps): Redirects => {
  // Without storage in this tab the guards below cannot count; `require` still shows what it does.
  const tab = createTabStore(() => page?.tabStorage, name);
  const transactions = createTransactions(
    createTabStore(() => page?.tabStorage, '*'),
    name,
    clock,
  );
  const redirectUri = options.redirectUri ?? page?.home ?? '';
  let seen: string | undefined;

  const isOurAnswer = (url: URL): boolean =>
    isAnswer(url) && url.href.split('?')[0] === new URL(redirectUri).href.split('?')[0];

  /** What a router throws must not cost the sign-in. */
  const comeBack = (to: string, answer: URLSearchParams): void => {
    try {
      if (options.onReturn) options.onReturn(to, answer);
      else page?.replaceUrl(to);
    } catch (thrown) {
      console.error(thrown);
    }
  };

  const finish = async (answerUrl: string): Promise<TokenAnswer> => {
    const url = new URL(answerUrl);
    const transaction = transactions.take(url.searchParams.get('state') ?? '');
    if (transaction) return finishCodeGrant(provider, transaction, url);
    throw new SessionError('sign_in_cancelled', 'The answer belongs to no sign-in of this tab');
  };

  return {
    redirectUri,

    async begin({ returnTo, parameters, ...asked }, silent) {
      const here = new URL(requirePage(page).url);
      const { url, transaction } = await beginCodeGrant(provider, {
        ...asked,
        redirectUri,
        // A router that has not cleaned the URL yet must not be sent back to an answer.
        returnTo: onOrigin(returnTo ?? (isOurAnswer(here) ? withoutAnswer(here) : here).href, here),
        silent,
        parameters: { ...options.tokenParameters, ...parameters },
      });
      transactions.save(transaction);
      return url;
    },

    answer() {
      // A router that cleans the URL later must not make one answer two.
      if (!page || page.url === seen) return { kind: 'none' };
      const url = new URL((seen = page.url));
      if (!isOurAnswer(url)) return { kind: 'none' };
      const transaction = transactions.peek(url.searchParams.get('state') ?? '');
      if (transaction?.silent === 'frame') {
        page.answerParent();
        return { kind: 'framed' };
      }
      // Another session of this page reads it.
      if (transaction && transaction.session !== name) return { kind: 'none' };
      const { href, searchParams } = withoutAnswer(url);
      comeBack(transaction?.returnTo ?? href, searchParams);
      if (!transaction) return { kind: 'unmatched' };
      return { kind: 'matched', isSilent: transaction.silent !== false, finish: () => finish(url.href) };
    },

    finish,

    countRedirect() {
      const times = (tab.read('redirects') ?? '')
        .split(',')
        .map(Number)
        .filter((atMs) => atMs > clock.wallMs() - LOOP_MS);
      if (times.length >= 2) {
        tab.write('redirects', null);
        throw new SessionError(
          'sign_in_loop',
          'Two redirects to the provider within 30 s brought no session. Look at the redirect URI, the clock and the storage of this browser',
        );
      }
      tab.write('redirects', [...times, clock.wallMs()].join(','));
    },

    once(what) {
      if (tab.read(what)) return false;
      tab.write(what, 'done');
      return true;
    },

    reset() {
      for (const what of ['redirects', 'silent', 'afresh']) tab.write(what, null);
    },
  };
};
