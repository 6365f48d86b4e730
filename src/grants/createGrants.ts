import { failureOf } from '../../machines/failureOf.ts';
import { isFresh } from '../../machines/freshness.ts';
import type { Lease } from '../../machines/lease.ts';
import type { Failure } from '../../machines/sessionContext.ts';
import type {
  LoginFailed,
  LoginGranted,
  LoginRequested,
  RecordLoaded,
  RecordRequested,
  RefreshFailed,
  RefreshGranted,
  RefreshRequested,
} from '../../machines/sessionEvents.ts';
import { SessionError } from '../errors/sessionError.ts';
import { createRecordJudge } from '../record/judgeRecord.ts';
import type { OwnTokens } from '../record/ownTokens.ts';
import type { SessionRecord } from '../record/sessionRecord.ts';
import { createRecordService } from '../record/recordService.ts';
import { createTabs, randomId } from '../tabs/createTabs.ts';
import { createTabStore } from '../storage/tabStore.ts';
import { readInstant } from '../time/clock.ts';
import type { Permit } from '../vault/vault.ts';
import type { Adopt } from './adopt.ts';
import { type AdoptFrom, createAdoptFrom } from './adoptFrom.ts';
import { arrivedStale } from './arrivedStale.ts';
import { createCommit } from './commit.ts';
import { failureClassOf, oauthErrorOf } from './failureClass.ts';
import type { GrantDeps } from './grantDeps.ts';
import { createLateAdopt } from './lateAdopt.ts';
import { createNewerTokens } from './newerTokens.ts';
import { createProvider } from './protocol/provider.ts';
import { revoke } from './protocol/revocation.ts';
import { toSessionError } from './protocol/toSessionError.ts';
import { createRenewTokens } from './renewTokens.ts';
import { renewalSources } from './renewalSources.ts';
import type { Attempt } from './signIn/attempt.ts';
import { createElsewhere } from './signIn/elsewhere.ts';
import { createLogin } from './signIn/login.ts';
import { createAuthorizationRequests } from './signIn/authorizationRequests.ts';
import { createSilent } from './signIn/silent.ts';
import { createTakeUp } from './signIn/takeUp.ts';
import { createTransactions, type Transactions } from './signIn/transactions.ts';
import { createSignOut, type SignOut } from './signOut.ts';
import type { StoredTokensStore } from '../storage/storedTokens.ts';
import { createStore } from './store.ts';
import { announcingRecord } from './tabs/announcingRecord.ts';
import { createCatchUp } from './tabs/catchUp.ts';
import { createMarks } from './tabs/marks.ts';
import { createSharedRenewal } from './tabs/sharedRenewal.ts';
import { createInTabTurn } from './tabs/turns.ts';

/** The services behind a session's machine, and what else talks to the provider. */
export interface Grants {
  /** `attempt`: made in the turn in which the request arrived. */
  login(request: LoginRequested, attempt: Attempt): Promise<LoginGranted | LoginFailed>;
  /** `permit`: taken in the turn in which the request arrived. */
  refresh(request: RefreshRequested, permit: Permit): Promise<RefreshGranted | RefreshFailed>;
  record(request: RecordRequested): Promise<RecordLoaded | undefined>;
  /** Ends the session at the provider, as far as asked; never fails. */
  readonly signOut: SignOut;
  /** Fails with a {@link SessionError} where the tokens are unusable. */
  readonly adopt: Adopt;
  readonly adoptFrom: AdoptFrom;
  /** Removes the tokens from the app's storage; with a lease, only those of that one, and older ones of its epoch. */
  forget(...of: Parameters<StoredTokensStore['clear']>): Promise<void>;
  /** Hears the other tabs from now on, and answers them; returns its stop. */
  listen(): () => void;
}

const failureFrom = (error: SessionError): Failure =>
  failureOf(failureClassOf(error), error.code, {
    status: error.status ?? null,
    error: oauthErrorOf(error),
    retryAfterMs: error.retryAfterMs ?? null,
  });

/** The tokens that an answer belongs to are not the newest any more. */
const superseded = failureOf('transient', 'session_ended');

const failed = ({ epoch, generation }: RefreshRequested, failure: Failure): RefreshFailed => ({
  type: 'refresh.failed',
  epoch,
  generation,
  failure,
});

const nothing = (): void => {};

/** Login and refresh over `oauth4webapi`, with the vault, the record and the page that the session lends. */
export const createGrants = (lent: GrantDeps): Grants => {
  const { clock, vault, flights, options, fetch, digest, loadOptional, tell } = lent;
  const tabs = lent.tabs && createTabs({ ...lent, channel: lent.tabs.channel });
  /** The machine does not look while it restores; a restore that waits for other grants does. */
  let tellRestore = nothing;
  const look = (): void => {
    tellRestore();
    tell({ type: 'tab.changed' });
  };
  const judge = createRecordJudge({ ...lent, others: tabs });
  /** The epoch of this page, once the record has shown that it is over. */
  let foundOver: number | undefined;
  /** Whoever has ended it can be gone ahead of telling so. A look that waits for a sign-in is not made again. */
  const noteEnd = (found: SessionRecord): void => {
    const over = judge.overIn(found);
    if (over !== undefined && over !== foundOver) look();
    foundOver = over;
  };
  const deps: GrantDeps = tabs
    ? { ...lent, record: announcingRecord(lent.record, tabs.tellChanged, noteEnd) }
    : lent;
  const provider = createProvider(options, { clock, fetch, digest, loadOptional });
  /** Anew at each use, of which there are two at most on the way to the provider and back. */
  const openTransactions = (): Transactions =>
    createTransactions(
      createTabStore(() => deps.page?.tabStorage, '*'),
      deps.name,
      clock,
    );
  const requests = createAuthorizationRequests(provider, deps, openTransactions);
  const silent = createSilent(deps, requests);
  const stored = createStore(deps);
  const marks = createMarks(randomId());
  /** The epochs that this page has ended. */
  const ended = new Set<number>();
  let announced: Promise<unknown> = Promise.resolve();
  let lastSaved: Promise<unknown> | undefined;
  /** After the storage, which a new tab reads where nobody answers. Newer ones that came meanwhile are told when they are there. */
  const tellTokens = async (saved: Promise<unknown> | undefined): Promise<void> => {
    lastSaved = saved;
    await saved;
    if (lastSaved === saved) tabs?.tellTokens();
  };
  const announce = (saved: Promise<unknown> | undefined): void => void (announced = tellTokens(saved));
  const common = { judge, marks, stored, announce };
  const newerTokens = createNewerTokens(deps, common);
  /** What other tabs do in this epoch this one does not know. */
  const isUnseen = ({ epoch }: Pick<Lease, 'epoch'>): boolean =>
    !!deps.record.isOutdated || !!(tabs?.hasHeard && deps.record.hasLost?.(epoch));
  const ownTokens = (): OwnTokens | undefined =>
    // A tab by itself (`tabs: false`) shares none, whether or not its record fails.
    options.tabs !== false && flights.own?.epoch === vault.lease()?.epoch ? flights.own : undefined;
  /** Then the refresh token is theirs as well, and they may have spent it. */
  const isOthers = (lease: Pick<Lease, 'epoch'>): boolean =>
    isUnseen(lease) && (!!deps.record.isOutdated || ownTokens()?.sharedSince !== null);
  lent.record.whenBack?.({
    ownTokens,
    isSpending: () => !!(flights.renewal && flights.spends),
    onBack({ generation }, isShared) {
      lent.continuity.interrupt();
      if (isShared && ownTokens()) newerTokens.share(generation);
      flights.own = undefined;
      tell({ type: 'page.awake', restored: false });
      tabs?.tellChanged();
    },
  });
  const commit = createCommit(deps, {
    ...common,
    isRenewableWithout: silent.worksInPlace || options.grants?.refresh !== undefined,
    isUnseen,
    giveBack: (tokens) => void revoke(provider, tokens, { endsSession: true }),
  });
  const catchUp = tabs && createCatchUp(deps, tabs, stored);
  const inTabTurn =
    lent.tabs && createInTabTurn({ ...deps, ...options, lock: lent.tabs.lock, newMark: marks.next });
  const renewTokens = createRenewTokens(renewalSources(provider, deps, silent), flights, commit, {
    isOthers,
    ...(inTabTurn && {
      share: (ways) =>
        createSharedRenewal(deps, { ...ways, ...common, inTabTurn, announced: () => announced }),
    }),
  });
  const takeUp = createTakeUp(deps, { renewTokens, stored, tabs, catchUp });
  const elsewhere = tabs && inTabTurn && createElsewhere(deps, tabs, inTabTurn, takeUp);

  const { adopt, load: loadAdopt } = createLateAdopt(deps, async ({ createAdopt }) =>
    createAdopt(deps, commit, async (permit, refreshToken) => {
      if (tabs) return newerTokens.advance(permit, refreshToken);
      newerTokens.keepRefreshToken(permit, refreshToken);
    }),
  );
  if (options.clientSecret !== undefined || !options.scope.includes('openid'))
    loadOptional().then(({ warnOfOptions }) => warnOfOptions(deps), nothing);
  // Ahead of a renewal hours later: by then the app can have been deployed anew, without it.
  if (options.grants || options.extractTokens || options.validateIdTokenSignature) loadAdopt().catch(nothing);

  const fail = (thrown: unknown): Failure => {
    const error = toSessionError(thrown);
    deps.onError(error);
    return failureFrom(error);
  };

  const told = (request: RefreshRequested, lease: Lease): RefreshGranted | RefreshFailed =>
    isFresh(lease, readInstant(clock))
      ? { type: 'refresh.granted', epoch: request.epoch, generation: request.generation, lease }
      : { ...failed(request, fail(arrivedStale(lease))), lease };

  const renew = async (
    request: RefreshRequested,
    permit: Permit,
  ): Promise<RefreshGranted | RefreshFailed> => {
    const outcome = await renewTokens({
      held() {
        const [tokens, lease] = [permit.read(), vault.lease()];
        // A sign-in that has begun another epoch is told to the machine a moment later.
        return tokens && lease?.epoch === request.epoch ? { tokens, lease } : undefined;
      },
      arrival: (answer) => ({ by: 'renewal', answer, permit }),
      keep: (refreshToken) => newerTokens.keepRefreshToken(permit, refreshToken),
      ...(catchUp && { newer: catchUp.catchUp, advance: () => newerTokens.advance(permit) }),
    });
    return outcome.kind === 'taken' ? told(request, outcome.lease) : failed(request, superseded);
  };

  return {
    login: createLogin(provider, deps, {
      ...common,
      commit,
      requests,
      silent,
      takeUp,
      elsewhere,
      catchUp,
      openTransactions,
      untilNews: () => new Promise((resolve) => (tellRestore = resolve)),
    }),

    async refresh(request, permit) {
      const before = flights.renewal ?? flights.adoption;
      if (!before)
        return renew(request, permit).catch(async (thrown: unknown) => {
          // A refusal says nothing about newer tokens.
          await flights.adoption;
          return failed(request, fail(thrown));
        });
      // What had to wait is judged anew, because the user may have left.
      await before;
      return { ...failed(request, superseded), isUntried: true };
    },

    adopt,
    adoptFrom: createAdoptFrom(adopt, deps),
    record: createRecordService({
      ...deps,
      judge,
      onBehind: () => void catchUp?.catchUp(),
      onEnded: (epoch) => ended.add(epoch),
      onHeldOff: look,
    }),
    forget: async (...of) => stored?.clear(...of),
    signOut: createSignOut(provider, deps, stored, {
      isBegun: judge.isBegun,
      canVouch: judge.canVouch,
      hasEnded: (epoch) => !tabs || (ended.has(epoch) && !isUnseen({ epoch })),
    }),
    listen() {
      if (!tabs || !catchUp) return nothing;
      const stop = tabs.listen({
        onChanged() {
          judge.hearsOfChange();
          look();
        },
        onRenewed: (shared) => void catchUp.take(shared).then((taken) => taken ?? look(), look),
      });
      // Whatever they have told before this tab could hear it. A restore finds out by itself.
      if (vault.lease()) look();
      return stop;
    },
  };
};
