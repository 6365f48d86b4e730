import type { Lease } from '../../../machines/lease.ts';
import { sameTokens } from '../../../machines/sameTokens.ts';
import type { LoginGranted } from '../../../machines/sessionEvents.ts';
import type { RecordJudge } from '../../record/judgeRecord.ts';
import { type SessionRecord, withEnd, withoutPrompt, withPrompt } from '../../record/sessionRecord.ts';
import type { FoundTokens } from '../../tabs/createTabs.ts';
import type { GrantDeps } from '../grantDeps.ts';
import { toSessionError } from '../protocol/toSessionError.ts';
import type { Milliseconds } from '../../time/clock.ts';
import { publishUser } from '../publishUser.ts';
import type { Attempt } from './attempt.ts';
import type { CompleteSignIn } from './completeSignIn.ts';
import type { Elsewhere } from './elsewhere.ts';
import { isOver } from './isOver.ts';
import type { ProviderRedirect } from './providerRedirect.ts';
import { withoutResponse } from './responseUrl.ts';
import type { Returned } from './returned.ts';
import type { Silent } from './silent.ts';
import type { Asked } from './transactions.ts';
import type { AuthorizationResponse } from './takeAuthorizationResponse.ts';
import { createTries } from './tries.ts';

/** What restoring goes by. */
interface RestoreDeps {
  readonly complete: CompleteSignIn;
  readonly redirect: ProviderRedirect;
  readonly returned: Returned;
  readonly silent: Silent;
  readonly judge: RecordJudge;
  /** Whether the page was left for the provider a moment ago, and is back without an answer. */
  isBounced(): boolean;
  takeAuthorizationResponse(): AuthorizationResponse;
  /** The session of the app's storage. */
  fromStorage(by: Attempt): Promise<Lease | undefined>;
  /** Settles when the record is to be looked at. */
  untilNews(): Promise<void>;
  /** The session of the other tabs; `undefined` where there are none. */
  readonly elsewhere: Elsewhere | undefined;
}

/** So long after a network that failed the provider is asked again, when the page is seen. */
const AGAIN_AFTER_MS: Milliseconds = 60_000;

/** The page is about to be left, or is nothing but a frame: nothing after this happens in it. */
const nothingMore = (): Promise<never> => new Promise(() => {});

/** Finds out who is signed in without asking the user: this page itself, the answer in its URL, storage, the provider. */
export const createRestore = (
  deps: GrantDeps,
  {
    complete,
    judge,
    redirect,
    returned,
    silent,
    isBounced,
    elsewhere,
    takeAuthorizationResponse,
    untilNews,
    fromStorage,
  }: RestoreDeps,
) => {
  const { vault, record, flights, page, clock, options, onError, onArrived, onReturn } = deps;
  const tries = createTries(deps);

  const isIdle = (known: SessionRecord): boolean => isOver(known, { clock, options });

  /** Read inside the transaction: somebody can be there in another tab by now. */
  const endIdle = (): Promise<SessionRecord> =>
    record.update((known) =>
      known.who !== null && isIdle(known) ? withEnd(withPrompt(known, clock.wallMs()), 'idle') : known,
    );

  /**
   * The provider would have to see the user. That ends nothing: a tab that has not answered can have tokens that outlive the
   * provider's own session. Only of what was looked at: another tab can have signed somebody in meanwhile.
   */
  const noteSilentFails = (seen: Asked | undefined) =>
    record.update((known) => (sameTokens(seen, known) ? { ...known, silentFails: true } : known));

  /** The page that a sign-out leads to: that it is reached proves that the provider's session is over. */
  const noteSignedOut = async (): Promise<void> => {
    if (!page) return;
    const url = new URL(page.url);
    const state = url.searchParams.get('state');
    if (state === null || url.searchParams.has('code') || url.searchParams.has('error')) return;
    if ((await record.read()).signOutState !== state) return;
    await record.update(withoutPrompt);
    // A router that has read the address already would put the `state` back.
    const { href, searchParams } = withoutResponse(url, ['state']);
    if (!onReturn(href, searchParams)) page.replaceUrl(href);
  };

  /** Where the provider asks for the user nobody need ask again; a dead network, say, tells nothing of that. */
  const giveUp = async (thrown: unknown, seen: Asked | undefined): Promise<undefined> => {
    const error = toSessionError(thrown);
    if (error.code === 'interaction_required') await noteSilentFails(seen);
    else if (error.code !== 'sign_in_cancelled') {
      returned.failSilently(error);
      onError(error);
    }
  };

  /** `asked`: as the record was when the other tabs were asked. */
  const fromProvider = async (
    by: Attempt,
    known: SessionRecord,
    asked: SessionRecord,
  ): Promise<LoginGranted | undefined> => {
    if (known.who === null || known.silentFails) return undefined;
    if (isIdle(known)) return (await endIdle()).who === null ? undefined : search(by);
    if (silent.worksInPlace) return inPlace(by, asked);
    if (options.silent !== 'redirect' || !page || !tries.isNew('silent')) return undefined;
    const found = await elsewhere?.untilSeen(by, asked, page);
    return found
      ? complete.granted(by, found, false)
      : redirect.leaveSilently(by, () => tries.note('silent'));
  };

  /** One tab asks the provider; those that waited for it ask that tab. */
  const inPlace = async (by: Attempt, asked: SessionRecord): Promise<LoginGranted | undefined> => {
    const ask = async (): Promise<LoginGranted> => {
      const { epoch: of } = await record.read();
      return complete.accept(by, await silent.askInPlace(), { by: 'provider', of });
    };
    if (!elsewhere) return ask();
    const answer = await elsewhere.askOnce<LoginGranted | FoundTokens>(
      by,
      asked.epoch,
      () => elsewhere.findIfNews(asked),
      ask,
    );
    if ('type' in answer) return answer;
    // After the turn: what has expired is renewed, which takes a turn of its own.
    const taken = await elsewhere.takeUp(by, answer);
    return taken ? complete.granted(by, taken, false) : search(by);
  };

  const search = async (by: Attempt): Promise<LoginGranted | undefined> => {
    const inVain = judge.seeks();
    const activated = page?.whenActivated();
    const early = activated && (await fromStorage(by));
    if (early) return complete.granted(by, early, false);
    await activated;
    const asked = await record.read();
    const found = (await elsewhere?.take(by, asked)) ?? (await fromStorage(by));
    if (found) return complete.granted(by, found, false);
    if (!by.permit.isValid()) return undefined;
    const known = await record.read();
    let againAfterMs: Milliseconds = Infinity;
    const granted = await fromProvider(by, known, asked).catch((thrown: unknown) => {
      if (toSessionError(thrown).retryable) againAfterMs = AGAIN_AFTER_MS;
      return giveUp(thrown, known);
    });
    if (!granted) inVain(known, againAfterMs);
    return granted;
  };

  /** A sign-in that failed leaves whoever was signed in before it. */
  const takeOrSearch = async (
    by: Attempt,
    response: AuthorizationResponse & { kind: 'matched' },
  ): Promise<LoginGranted | undefined> => {
    try {
      return await returned.take(by, response);
    } catch (thrown) {
      if (response.isSilent) {
        await giveUp(thrown, response.of);
        return search(by);
      }
      const found = by.permit.isValid() ? await search(by) : undefined;
      if (!found) throw thrown;
      onError(toSessionError(thrown));
      return found;
    }
  };

  const restore = async (by: Attempt): Promise<LoginGranted | undefined> => {
    await flights.record;
    // What nobody waits for any more leaves the page's URL to whoever comes next.
    if (by.signal.aborted) return undefined;
    // The same session started again (React StrictMode), or one that has replaced another: the tokens are still here.
    if (vault.lease()) {
      const known = await record.update(judge.vouchFor);
      const lease = vault.lease();
      // Signed out meanwhile.
      if (!lease) return undefined;
      // Over elsewhere: who is here is found out as by a page that was just loaded.
      if (known.epoch !== lease.epoch || known.who !== vault.who()) {
        vault.wipe();
        return restore({ ...by, permit: vault.permitRestore() });
      }
    }
    // What the grants before it bring is found. They can wait for long: what is over is not kept until then.
    if (flights.renewal) return Promise.race([flights.renewal, untilNews()]).then(() => restore(by));
    const tokens = vault.permitRenewal().read();
    if (tokens) {
      const lease = vault.lease()!;
      publishUser(deps, tokens, lease.epoch);
      return complete.granted(by, lease, false);
    }
    const response = takeAuthorizationResponse();
    if (response.kind === 'framed') return nothingMore();
    onArrived();
    if (response.kind === 'matched') return takeOrSearch(by, response);
    if (response.kind === 'refused') {
      returned.fail(response.error);
      onError(response.error);
    }
    // A provider with nothing to say sends the page back at once, for ever.
    if (response.kind === 'none' && isBounced()) tries.countReturn();
    await noteSignedOut();
    const found = await search(by);
    if (found || response.kind !== 'unmatched' || !tries.isNew('afresh') || !by.permit.isValid())
      return found;
    tries.note('afresh');
    return redirect.leave({}, by, 'required');
  };
  return restore;
};
