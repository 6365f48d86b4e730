import type { Page } from '../page/page.ts';
import { createDepart } from '../page/navigator.ts';
import type { Lease } from '../../machines/lease.ts';
import { type SessionRecord, withEnd, withPrompt } from '../record/sessionRecord.ts';
import type { StoredTokensStore } from '../storage/storedTokens.ts';
import { inTurn } from '../time/inTurn.ts';
import { parseUrl } from '../url/parseUrl.ts';
import type { Permit, TokenSet } from '../vault/vault.ts';
import type { GrantDeps } from './grantDeps.ts';
import { endSessionUrl } from './protocol/endSession.ts';
import type { Provider } from './protocol/provider.ts';
import { revoke } from './protocol/revocation.ts';
import type { SignOutOptions } from './signInOptions.ts';

/** What was signed out of, taken in the turn in which it was. */
export interface SignedOut {
  readonly tokens: TokenSet | undefined;
  /** Whose tokens they are, or were last; `undefined` while it was not known yet whether somebody is signed in. */
  readonly lease?: (Pick<Lease, 'epoch'> & Partial<Pick<Lease, 'generation'>>) | undefined;
  /** The session has ended by the app's policy, if the record agrees: somebody may be there in another tab. */
  readonly isIdleEnd?: boolean;
  /** The ID token of the session, for the provider. */
  readonly hint?: string | undefined;
  /** Void once somebody signs in: whoever does is somebody else's business. */
  readonly permit: Permit;
  /** Ends the wait for the page to be left. */
  readonly signal: AbortSignal;
}

/**
 * Ends a session at the provider: revokes the tokens (RFC 7009) and, where asked, leaves for the provider's own sign-out
 * (OpenID Connect RP-Initiated Logout 1.0). Never fails: the user's sign-out does not wait for the network.
 */
export type SignOut = (of: SignedOut, asked: SignOutOptions) => Promise<void>;

/** Servers take request lines of 8 kB, some of 16; the provider finds the session by its own cookie, too. */
const LONGEST_URL = 6000;

/** As it was registered, to the letter; an address within the app is made whole. */
const absolute = (to: string, pageUrl: string): string =>
  parseUrl(to) ? to : (parseUrl(to, pageUrl)?.href ?? to);

/** Where the provider has no page for signing out, its user goes at once where it would send them, within the app. */
const withinApp = (to: string | null | undefined, pageUrl: string): string | undefined => {
  const [url, page] = [parseUrl(to ?? '', pageUrl), parseUrl(pageUrl)];
  // All files, and all that is no address, have one and the same origin: `null`.
  const isWithin = url?.origin === page?.origin && url?.protocol === page?.protocol;
  return to && isWithin ? url?.href : undefined;
};

/** What this page itself has to do with an epoch. */
interface OwnEpochs {
  /** Whether it is about to begin it. */
  isBegun(epoch: number): boolean;
  /** Whether it may write anew a record that was lost. */
  canVouch(): boolean;
  /** Whether it has ended it in the record. */
  hasEnded(epoch: number): boolean;
}

export const createSignOut = (
  provider: Provider,
  { page, record, flights, options, clock }: GrantDeps,
  stored: StoredTokensStore | undefined,
  { isBegun, canVouch, hasEnded }: OwnEpochs,
): SignOut => {
  const urlFor = async (
    { url: here, home }: Page,
    hint: string | undefined,
    { to, idTokenHint = true }: SignOutOptions,
    state: string,
    revoked: Promise<unknown> | undefined,
  ): Promise<string | undefined> => {
    const told = { to: absolute(to ?? options.redirectUri ?? home, here), state };
    const url = await endSessionUrl(provider, {
      ...told,
      ...(idTokenHint && { idToken: hint }),
    });
    if (url === undefined) {
      // Then it is the revocation that ends the session there.
      await revoked;
      return withinApp(to, here);
    }
    return url.length > LONGEST_URL ? endSessionUrl(provider, told) : url;
  };

  /** Settles once the page is being left. */
  const leave = (from: Page, url: string, { permit, signal }: SignedOut): Promise<void> =>
    new Promise((resolve) => {
      const departure = createDepart(
        from,
        clock,
      )({
        urgency: 'clicked',
        replaces: false,
        signal,
        isWanted: permit.isValid,
        url: async () => url,
        onLeaving: resolve,
      });
      departure.catch(() => undefined).finally(resolve);
    });

  return async (of, asked) => {
    const { permit, lease } = of;
    if (of.isIdleEnd) {
      // The machine's own end of it was asked for before.
      const { epoch, who } = await record.read();
      if (epoch === lease?.epoch && (who !== null || !hasEnded(epoch))) return;
    }
    // Whoever has signed in since in another tab stays signed in.
    let isElsewhere = false;
    // At once: whatever begins after it finds nobody. Leaving for the provider proves nothing: the next sign-in asks, until
    // the page is reached that it leads back to.
    const over = (known: SessionRecord): SessionRecord => ({
      ...withPrompt(withEnd(known, of.isIdleEnd ? 'idle' : 'signedOut'), clock.wallMs()),
      signOutState: null,
    });
    const here = record.update((known) => {
      // What this page is about to begin a sign-out ends as well; the app's policy has nothing to do with it.
      const isOurs = !of.isIdleEnd && isBegun(known.epoch);
      isElsewhere = lease !== undefined && known.epoch !== lease.epoch && known.who !== null && !isOurs;
      if (known.epoch > 0) return isElsewhere ? known : over(known);
      // Lost, and another tab could write it anew: the end is in it by then. Who was there in that tab nobody can tell.
      const isLost = lease?.generation !== undefined && !of.isIdleEnd && canVouch();
      if (isLost) return over({ ...known, epoch: lease.epoch, generation: lease.generation });
      // What the shared one shows is over as well, once it works again.
      return record.hasLost?.() ? over(known) : known;
    });
    void inTurn(flights, 'record', () => here);
    // A session that is still being restored has its tokens in the storage alone. Else what is there is another page's.
    const tokens = of.tokens ?? (lease ? undefined : (await stored?.take())?.tokens);
    const endsSession = asked.redirect ?? true;
    const revoked = tokens && revoke(provider, tokens, { keepalive: true, endsSession });
    const state = provider.random();
    const hint = of.hint ?? tokens?.idToken;
    const url =
      endsSession && page
        ? await urlFor(page, hint, asked, state, revoked).catch(() => undefined)
        : undefined;
    await here;
    if (page && url !== undefined && permit.isValid() && !isElsewhere) {
      await record.update((known) => (known.promptLogin ? { ...known, signOutState: state } : known));
      await leave(page, url, of);
    } else await revoked;
  };
};
