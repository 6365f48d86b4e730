import { isFresh } from '../../../machines/freshness.ts';
import type { Attempt } from '../../../src/grants/signIn/attempt.ts';
import {
  emptyRecord,
  isOfNewerRelease,
  type SessionRecord as Known,
  withEnd,
} from '../../../src/record/sessionRecord.ts';
import { leaseAtWall } from '../../../src/tabs/sharedTokens.ts';
import { type Clock, readInstant } from '../../../src/time/clock.ts';
import { inModule, type ModuleDefect } from './moduleDefects.ts';
import { overridden } from './overridden.ts';

type Adopt = typeof import('../../../src/grants/adopt.ts');
type CatchUp = typeof import('../../../src/grants/tabs/catchUp.ts');
type SharedRenewal = typeof import('../../../src/grants/tabs/sharedRenewal.ts');
type Turns = typeof import('../../../src/grants/tabs/turns.ts');
type Commit = typeof import('../../../src/grants/commit.ts');
type Elsewhere = typeof import('../../../src/grants/signIn/elsewhere.ts');
type Restore = typeof import('../../../src/grants/signIn/restore.ts');
type TakeUp = typeof import('../../../src/grants/signIn/takeUp.ts');
type Rescue = typeof import('../../../src/grants/signIn/rescue.ts');
type RecordJudge = typeof import('../../../src/record/judgeRecord.ts');
type RecordService = typeof import('../../../src/record/recordService.ts');
type GuardedRecord = typeof import('../../../src/record/guardedRecord.ts');
type SignOut = typeof import('../../../src/grants/signOut.ts');
type CreateTabs = typeof import('../../../src/tabs/createTabs.ts');
type IsNewest = typeof import('../../../src/grants/tabs/isNewest.ts');
type SessionRecord = typeof import('../../../src/record/sessionRecord.ts');
type StoredTokens = typeof import('../../../src/storage/storedTokens.ts');
type TabMessage = typeof import('../../../src/tabs/tabMessage.ts');
type BroadcastChannel = typeof import('../../../src/tabs/broadcastChannel.ts');
type WarnOnceAlone = typeof import('../../../src/tabs/warnOnceAlone.ts');
type WebLock = typeof import('../../../src/tabs/webLock.ts');
type Continuity = typeof import('../../../src/environment/continuity.ts');

const inCatchUp = inModule<CatchUp>('src/grants/tabs/catchUp.ts');
const inSharedRenewal = inModule<SharedRenewal>('src/grants/tabs/sharedRenewal.ts');
const inTurns = inModule<Turns>('src/grants/tabs/turns.ts');
const inCommit = inModule<Commit>('src/grants/commit.ts');
const inRecordJudge = inModule<RecordJudge>('src/record/judgeRecord.ts');

const inRescue = inModule<Rescue>('src/grants/signIn/rescue.ts');
const inTakeUp = inModule<TakeUp>('src/grants/signIn/takeUp.ts');
const inContinuity = inModule<Continuity>('src/environment/continuity.ts');
const inRecordService = inModule<RecordService>('src/record/recordService.ts');

/** Takes its permit for valid, whatever comes. */
const believing = (attempt: Attempt): Attempt => ({
  ...attempt,
  permit: { ...attempt.permit, isValid: () => true },
});

/** A clock that stands still. */
const still = (clock: Clock): Clock => ({ ...clock, wallMs: () => 0, monotonicMs: () => 0 });

/** What tabs do wrong together, by what they do. */
export const tabDefects: Readonly<Record<string, ModuleDefect>> = {
  'nobody takes the newer tokens of another tab': inCatchUp({
    fault: () => ({
      createCatchUp: () => ({
        catchUp: async () => undefined,
        take: async () => undefined,
        seekUnrecorded: async () => undefined,
      }),
    }),
    noticed: /K: |C: |T: |2: /,
  }),
  'a message is believed over the record': inCatchUp({
    fault: ({ createCatchUp }) => ({
      createCatchUp: (deps, ...rest) => ({
        ...createCatchUp(deps, ...rest),
        async take({ tokens, lease: shared }) {
          const { vault, clock, tell } = deps;
          const lease = leaseAtWall(shared, readInstant(clock));
          const taken = vault.permitTab().commit(tokens, lease, vault.who() ?? '');
          if (taken) tell({ type: 'tab.renewed', lease: taken });
          return taken;
        },
      }),
    }),
    noticed: /6: /,
    script: 'tokens of an earlier user that somebody posts again are not taken',
  }),
  'who is named in what other tabs answer is not judged': inModule<IsNewest>('src/grants/tabs/isNewest.ts')({
    fault: () => ({ isNewest: () => true }),
    noticed: /6: after tokens of another user/,
    script:
      'tokens of an earlier user with which somebody answers a new tab in the middle of its renewal are not taken',
  }),
  'whoever has no name begins anew where what was kept is renewed': inCommit({
    fault: ({ createCommit }) => ({
      createCommit: (...of) => {
        const commit = createCommit(...of);
        return (arrival) => commit({ ...arrival, ...(arrival.by === 'storage' && { stored: undefined! }) });
      },
    }),
    noticed: /T: /,
    script:
      'a tab that takes up the session of whoever has no name, and renews it, leaves them in the others',
  }),
  'what a storage has kept is spent without a record': inModule<GuardedRecord>('src/record/guardedRecord.ts')(
    {
      fault: ({ guardedRecord }) => ({
        guardedRecord: (...of) => overridden(guardedRecord(...of), { hasLost: () => false }),
      }),
      noticed: /2: /,
      script: 'a tab whose record never worked leaves the refresh token of a shared storage to the others',
    },
  ),
  'the record is written after the announcement': inCommit({
    fault: ({ createCommit }) => ({
      createCommit: (deps, ...rest) => {
        const { record } = deps;
        const update: typeof record.update = async (change) => {
          const changed = change(await record.read());
          void record.update(change);
          return changed;
        };
        return createCommit({ ...deps, record: { ...record, update } }, ...rest);
      },
    }),
    noticed: /2: |6: |C: /,
  }),
  'the record is written after the lock was released': inCommit({
    fault: ({ createCommit }) => ({
      createCommit: (deps, ...rest) => {
        const { record, clock } = deps;
        const update: typeof record.update = async (change) => {
          const changed = change(await record.read());
          clock.setTimeout(() => void record.update(change), 100);
          return changed;
        };
        return createCommit({ ...deps, record: { ...record, update } }, ...rest);
      },
    }),
    noticed: /2: |6: |C: /,
  }),
  'the epoch is not checked at the commit': inCommit({
    fault: ({ createCommit }) => ({
      createCommit: (deps, ...rest) => {
        const { record, vault } = deps;
        const update: typeof record.update = (change) =>
          record.update((known) => {
            const [lease, who] = [vault.lease(), vault.who()];
            return change(lease && who !== undefined ? { ...known, epoch: lease.epoch, who } : known);
          });
        const commit = createCommit(deps, ...rest);
        const blind = createCommit({ ...deps, record: { ...record, update } }, ...rest);
        return (arrival) => (arrival.by === 'renewal' ? blind(arrival) : commit(arrival));
      },
    }),
    noticed: /6: .* revives/,
    script: 'an answer that comes after somebody else has signed in elsewhere changes nothing for them',
  }),
  'the age of the mark is not checked at the send': inSharedRenewal({
    fault: ({ createSharedRenewal }) => ({
      createSharedRenewal: (deps, ...rest) =>
        createSharedRenewal({ ...deps, clock: still(deps.clock) }, ...rest),
    }),
    noticed: /2: /,
    script: 'a tab that was frozen between its mark and the send does not send',
  }),
  'a spent token is sent once more': inSharedRenewal({
    fault: () => ({
      createSharedRenewal:
        (_, { inTabTurn, renewBy, sourceFor }) =>
        (request) =>
          inTabTurn(async () => {
            const held = request.held();
            return held ? renewBy(sourceFor(held), request, held) : { kind: 'overtaken' };
          }),
    }),
    noticed: /2: /,
  }),
  'the last activity is not read before an end': inModule<SessionRecord>('src/record/sessionRecord.ts')({
    fault: () => ({ isActiveSince: () => false }),
    noticed: /P: /,
    script: 'a tab that was frozen on its way to an end ends nothing of an active user',
  }),
  'the end of old tokens is held off by nobody': inRecordService({
    fault: ({ createRecordService }) => ({
      createRecordService: (deps) => {
        const serve = createRecordService(deps);
        return (request) =>
          request.type === 'record.end' && request.reason === 'lapsed'
            ? serve({ ...request, generation: Infinity, lastActivityWallMs: Infinity })
            : serve(request);
      },
    }),
    noticed: /P: .* lapsed that others can renew/,
    script:
      'a tab that was frozen on its way to the end of its old tokens ends nothing of whoever has newer ones',
  }),
  'the end of refused tokens is one of newer ones': inRecordService({
    fault: ({ createRecordService }) => ({
      createRecordService: (deps) => {
        const serve = createRecordService(deps);
        return (request) =>
          serve(request.type === 'record.end' ? { ...request, generation: Infinity } : request);
      },
    }),
    noticed: /T: whoever has just signed in/,
    script: 'the end of refused tokens is none of those that the user has signed in to in another tab since',
  }),
  'who signed in elsewhere is not judged': inRecordJudge({
    fault: ({ createRecordJudge }) => ({
      createRecordJudge: (deps) => {
        const judge = createRecordJudge(deps);
        return {
          ...judge,
          reading: (...of) => {
            const reading = judge.reading(...of);
            return deps.vault.lease() ? { ...reading, who: 'same' } : reading;
          },
        };
      },
    }),
    noticed: /6: |C: /,
  }),
  "a user's change is not judged in a tab in which calls wait": inRecordJudge({
    fault: ({ createRecordJudge }) => ({
      createRecordJudge: (deps) => {
        const judge = createRecordJudge(deps);
        return {
          ...judge,
          reading: (...of) => {
            const reading = judge.reading(...of);
            const lease = deps.vault.lease();
            const mustWait = lease && !isFresh(lease, readInstant(deps.clock));
            return mustWait ? { ...reading, epoch: lease.epoch, who: 'same' } : reading;
          },
        };
      },
    }),
    noticed: /6: after a change of user a waiting call is/,
    script: 'a call that waits as somebody else signs in elsewhere fails at once, and goes out as nobody',
  }),
  'tabs do not wait for each other': inModule<WebLock>('src/tabs/webLock.ts')({
    fault: () => ({
      createWebLock: () => ({ hold: (work) => work(new AbortController().signal) }),
    }),
    noticed: /2: /,
  }),
  'who was robbed of the lock does not hear of it': inTurns({
    fault: ({ createInTabTurn }) => ({
      createInTabTurn: (deps) => {
        const inTabTurn = createInTabTurn(deps);
        return (work) => inTabTurn((turn) => work({ ...turn, isLost: () => false }));
      },
    }),
    noticed: /2: /,
    script: 'a tab that was robbed of the lock before its turn began spends nothing beside the thief',
  }),
  'a tab that stood still does not look': inContinuity({
    fault: ({ createContinuity }) => ({
      createContinuity: (...of) => overridden(createContinuity(...of), { isBroken: () => false }),
    }),
    noticed: /6: /,
  }),
  'messages are not checked': inModule<TabMessage>('src/tabs/tabMessage.ts')({
    fault: () => ({ messageFrom: (data) => data as never }),
    noticed: /4: |9: /,
  }),
  'a new tab asks nobody': inModule<Elsewhere>('src/grants/signIn/elsewhere.ts')({
    fault: ({ createElsewhere }) => ({
      createElsewhere: (...of) => overridden(createElsewhere(...of), { take: async () => undefined }),
    }),
    noticed: /T: |C: /,
  }),
  'a channel stays open': inModule<BroadcastChannel>('src/tabs/broadcastChannel.ts')({
    fault: ({ createBroadcastChannel }) => ({
      createBroadcastChannel: (...of) => {
        const channel = createBroadcastChannel(...of);
        return { ...channel, listen: (hear) => (channel.listen(hear), () => {}) };
      },
    }),
    noticed: /8: /,
  }),
  'tokens are announced before the storage has them': inCommit({
    fault: ({ createCommit }) => ({
      createCommit: (deps, parts) => {
        const { announce } = parts;
        return createCommit(deps, { ...parts, announce: () => announce(undefined) });
      },
    }),
    noticed: /O: /,
  }),
  'the storage keeps what is over': inModule<StoredTokens>('src/storage/storedTokens.ts')({
    fault: ({ createStoredTokens }) => ({
      createStoredTokens: (...of) =>
        overridden(createStoredTokens(...of), { clear: async () => {}, take: async () => undefined }),
    }),
    noticed: /6: /,
  }),
  'tabs that wait for their turn do not hear that the provider was asked in vain': inModule<Elsewhere>(
    'src/grants/signIn/elsewhere.ts',
  )({
    fault: ({ createElsewhere }) => ({
      createElsewhere: (deps, tabs, ...rest) =>
        createElsewhere(deps, { ...tabs, lastVain: () => undefined }, ...rest),
    }),
    noticed: /S: .* silent sign-ins/,
    script:
      'tabs that are restored at once wait for one frame that is never answered, and no longer than for one',
  }),
  'tabs that wait for their turn do not see that nobody is signed in any more, nor hear it':
    inModule<Elsewhere>('src/grants/signIn/elsewhere.ts')({
      fault: ({ createElsewhere }) => ({
        createElsewhere: (deps, tabs, ...rest) => {
          const elsewhere = createElsewhere(deps, { ...tabs, lastVain: () => undefined }, ...rest);
          return { ...elsewhere, findIfNews: (of) => elsewhere.findIfNews(of).catch(() => undefined) };
        },
      }),
      noticed: /S: .* silent sign-ins/,
      script: 'tabs that are restored at once ask the provider once where it knows nobody',
    }),
  'a tab that waits to be rescued does not see what came meanwhile': inRescue({
    fault: ({ rescue }) => ({
      rescue: (silent, complete, attempt, ...rest) => rescue(silent, complete, believing(attempt), ...rest),
    }),
    noticed: /S: .* silent sign-ins/,
    script: 'one tab rescues the session for all',
  }),
  'a tab that waits to be rescued does not see that the session is over': inRescue({
    fault: ({ rescue }) => ({
      rescue: (silent, complete, attempt, others, deps) => {
        const judge = { ...others.judge, overIn: () => undefined };
        return rescue(silent, complete, believing(attempt), { ...others, judge }, deps);
      },
    }),
    noticed: /S: .* silent sign-ins/,
    script: 'a tab that reads in its turn that the session is over asks nobody',
  }),
  'a record of a newer release is renewed by': inModule<GuardedRecord>('src/record/guardedRecord.ts')({
    fault: ({ guardedRecord }) => ({
      guardedRecord: (...of) => overridden(guardedRecord(...of), { isOutdated: false }),
    }),
    noticed: /2: tokens that others share/,
    script:
      'a tab that finds a record of a newer release leaves its refresh token alone, though it has heard of nobody',
  }),
  'a record of a newer release is written over': inModule<GuardedRecord>('src/record/guardedRecord.ts')({
    fault: ({ guardedRecord }) => ({
      guardedRecord: (disk, ...rest) => {
        const asOurs: typeof disk.update = (change) =>
          disk.update((record) => change(isOfNewerRelease(record) ? emptyRecord : record));
        return guardedRecord({ ...disk, update: asOurs }, ...rest);
      },
    }),
    noticed: /9: what a newer release keeps was changed/,
    script: 'a tab whose first look at a record of a newer release is a note of its own leaves it as it is',
  }),
  'each thing that shows a newer release is warned of': inModule<WarnOnceAlone>('src/tabs/warnOnceAlone.ts')({
    fault: () => ({ warnOnceAlone: (onWarning) => onWarning }),
    noticed: /W: /,
    script:
      'tabs whose record a newer release keeps spend nothing, and are signed out once their tokens have expired',
  }),
  'whoever has a newer release counts for nobody': inModule<TabMessage>('src/tabs/tabMessage.ts')({
    fault: ({ messageFrom }) => ({
      messageFrom(data) {
        const message = messageFrom(data);
        return message === 'newer' ? undefined : message;
      },
    }),
    noticed: /2: tokens that others share/,
    script: 'a tab that hears of a newer release, and whose record fails, leaves the refresh token alone',
  }),
  'an access token that was sent along is taken whatever the record shows': inCommit({
    fault: ({ createCommit }) => ({
      createCommit: (...of) => {
        const commit = createCommit(...of);
        return (arrival) => {
          const { by, answer, permit } = arrival;
          const { refreshToken = '' } = permit.read() ?? {};
          const tokens = { ...answer.tokens, refreshToken };
          return commit(by === 'adoption' ? { ...arrival, answer: { ...answer, tokens } } : arrival);
        };
      },
    }),
    noticed: /2: /,
    script:
      'an access token that is sent along is left where another tab has renewed, and this one has not heard of it',
  }),
  'an access token that was sent along is taken whatever another tab is about to spend': inCommit({
    fault: ({ createCommit }) => ({
      createCommit: (deps, parts) => createCommit(deps, { ...parts, marks: { isOurs: () => true } }),
    }),
    noticed: /2: /,
    script: 'an access token that is sent along is left while another tab renews',
  }),
  'an access token that was sent along removes the mark': inCommit({
    fault: ({ createCommit }) => ({
      createCommit: (deps, ...rest) => {
        const { record } = deps;
        const update: typeof record.update = (change) =>
          record.update((known) => {
            const changed = change(known);
            return changed === known ? known : { ...changed, mark: null };
          });
        const commit = createCommit({ ...deps, record: { ...record, update } }, ...rest);
        const own = createCommit(deps, ...rest);
        return (arrival) => (arrival.by === 'adoption' ? commit(arrival) : own(arrival));
      },
    }),
    noticed: /2: a token that may be spent/,
    script: 'an access token that is sent along says nothing about the refresh token that is being spent',
  }),
  'tokens that somebody else has asked for are adopted': inModule<Adopt>('src/grants/adopt.ts')({
    fault: ({ createAdopt }) => ({
      createAdopt: (deps, ...rest) => createAdopt({ ...deps, flights: {} }, ...rest),
    }),
    noticed: /6: /,
    script: 'an access token that was asked for before another user had signed in is not theirs',
  }),
  'a newer refresh token that was sent along is kept from the others': inModule<Adopt>('src/grants/adopt.ts')(
    {
      fault: ({ createAdopt }) => ({
        createAdopt: (deps, commit) =>
          createAdopt(deps, commit, async (permit, refreshToken) => permit.keepRefreshToken(refreshToken)),
      }),
      noticed: /T: /,
      script: 'a newer refresh token that is sent along is told to the other tabs',
    },
  ),
  'a find replaces whoever has signed in since': inCommit({
    fault: ({ createCommit }) => ({
      createCommit: (deps, ...rest) => {
        const commit = createCommit(deps, ...rest);
        return async (arrival) =>
          commit(arrival.by === 'provider' ? { ...arrival, of: (await deps.record.read()).epoch } : arrival);
      },
    }),
    noticed: /6: whoever has signed in is replaced/,
    script: 'whoever has signed in is not replaced by a silent sign-in of whoever was there before',
  }),
  'what a storage has kept replaces whoever has signed in since': inCommit({
    fault: ({ createCommit }) => ({
      createCommit: (deps, ...rest) => {
        const commit = createCommit(deps, ...rest);
        return async (arrival) =>
          commit(arrival.by === 'storage' ? { ...arrival, of: (await deps.record.read()).epoch } : arrival);
      },
    }),
    noticed: /6: whoever has signed in is replaced/,
    script:
      'whoever has signed in is not replaced by a renewal of what a storage has kept of whoever was there before',
  }),
  'what could not be renewed is shown without a look': inTakeUp({
    fault: ({ createTakeUp }) => ({
      createTakeUp: (deps, ...rest) => {
        const { record } = deps;
        let last: Known | undefined;
        const update: typeof record.update = async (change) => (last = await record.update(change));
        const read: typeof record.read = async () => last ?? record.read();
        return createTakeUp({ ...deps, record: { ...record, update, read } }, ...rest);
      },
    }),
    noticed: /6: whoever was there before is shown/,
    script: 'stored tokens whose renewal has failed are not shown once somebody else has signed in',
  }),
  'a restoring tab keeps a newer refresh token to itself': inTakeUp({
    fault: ({ createTakeUp }) => ({
      createTakeUp: (deps, parts) => {
        const renewTokens: typeof parts.renewTokens = (request) =>
          parts.renewTokens({ ...request, advance: async () => {} });
        return createTakeUp(deps, { ...parts, renewTokens });
      },
    }),
    noticed: /2: /,
    script: 'a restoring tab tells the others of a refresh token that is all that can be used of an answer',
  }),
  'whom the provider does not name is signed out': inModule<Restore>('src/grants/signIn/restore.ts')({
    fault: ({ createRestore }) => ({
      createRestore: (deps, ...rest) => {
        const { record } = deps;
        const update: typeof record.update = (change) =>
          record.update((known) => {
            const changed = change(known);
            return changed.silentFails && !known.silentFails ? withEnd(changed, 'interaction') : changed;
          });
        return createRestore({ ...deps, record: { ...record, update } }, ...rest);
      },
    }),
    noticed: /T: the tab that was frozen is/,
    script: 'a new tab that the provider names nobody to ends nothing of a frozen one',
  }),
  'whom the provider does not name is nobody, whoever answers later': inRecordJudge({
    fault: ({ createRecordJudge }) => ({
      createRecordJudge: (deps) =>
        createRecordJudge({
          ...deps,
          others: deps.others && { told: deps.others.told, isAnsweredLate: false },
        }),
    }),
    noticed: /T: after a busy moment/,
    script: 'a new tab that the provider names nobody to ends nothing of a busy one, and gets its session',
  }),
  'a session that was stopped vouches for a lost record': inContinuity({
    fault: ({ createContinuity }) => ({
      createContinuity: (...of) => {
        const continuity = createContinuity(...of);
        return overridden(continuity, { canVouch: (now) => !continuity.isBroken(now) });
      },
    }),
    noticed: /6: whoever has signed out is back/,
    script: 'a session that was stopped does not write a lost record anew once its user has signed out',
  }),
  'a tab that stood still vouches for a lost record': inRecordJudge({
    fault: ({ createRecordJudge }) => ({
      createRecordJudge: (deps) => {
        const continuity = overridden(deps.continuity, { canVouch: () => true });
        return overridden(createRecordJudge({ ...deps, continuity }), { hearsOfChange: () => {} });
      },
    }),
    noticed: /6: whoever has signed out is back/,
    script: 'a tab that stood still does not write a lost record anew once its user has signed out',
  }),
  'a tab that has heard of a change vouches for a record that was lost since': inRecordJudge({
    fault: ({ createRecordJudge }) => ({
      createRecordJudge: (deps) => overridden(createRecordJudge(deps), { hearsOfChange: () => {} }),
    }),
    noticed: /6: after the sign-out the tabs are/,
    script: 'a sign-out reaches all tabs though the record is lost before they look',
  }),
  'a record that did not answer is never gone by again': inModule<GuardedRecord>(
    'src/record/guardedRecord.ts',
  )({
    fault: ({ guardedRecord }) => ({
      guardedRecord(disk, options) {
        let isOver = false;
        const once = overridden(disk, {
          update: (change) => (isOver ? Promise.reject(new Error()) : disk.update(change)),
        });
        return guardedRecord(once, {
          ...options,
          onWarning: (of) => ((isOver = true), options.onWarning(of)),
        });
      },
    }),
    noticed: /T: the tabs are|6: after the sign-out/,
    script: 'a tab whose record did not answer for a while goes on with all others',
  }),
  'the gate opens at the first of two looks': inContinuity({
    fault: ({ createContinuity }) => ({
      createContinuity: (...of) => {
        const continuity = createContinuity(...of);
        const { mend, conclude } = continuity;
        return overridden(continuity, { mend: (stretch) => (mend(stretch), conclude()) });
      },
    }),
    noticed: /6: a request was sent after the end/,
    script: 'after a sleep beyond its end nothing is sent of a session, though a request is what notices it',
  }),
  'a late thief steals': inTurns({
    fault: ({ createInTabTurn }) => ({
      createInTabTurn: (deps) => createInTabTurn({ ...deps, clock: still(deps.clock) }),
    }),
    noticed: /2: /,
    script:
      'a tab that was frozen between the dating of a mark and the theft of the lock steals it from nobody',
  }),
  'the lock is released ahead of the announcement': inSharedRenewal({
    fault: ({ createSharedRenewal }) => ({
      createSharedRenewal: (deps, ways) =>
        createSharedRenewal(deps, { ...ways, announced: async () => undefined }),
    }),
    noticed: /O: the lock was released/,
    script: 'the lock is held until the tokens were told',
  }),
  'tokens that nobody can date are dated': inCatchUp({
    fault: ({ createCatchUp }) => ({
      createCatchUp: (deps, ...rest) => {
        const { record } = deps;
        const read: typeof record.read = async () => ({ ...(await record.read()), highestWallMs: 0 });
        const catchUp = createCatchUp({ ...deps, record: { ...record, read } }, ...rest);
        const { take } = catchUp;
        return { ...catchUp, take: (shared) => take({ ...shared, sharedAtWallMs: 0 }) };
      },
    }),
    noticed: /1: /,
    script: 'tokens that were told ahead of a wall clock that was set back are asked for',
  }),
  'the provider is not asked before the last resort': inSharedRenewal({
    fault: ({ createSharedRenewal }) => ({
      createSharedRenewal: (deps, ways) =>
        createSharedRenewal(deps, { ...ways, sparingSourceFor: () => undefined }),
    }),
    noticed: /2: a token that may be spent/,
    script: 'a tab asks the provider before it sends a refresh token that another one may have spent',
  }),
  'an end of a tab by itself is written for all': inRecordService({
    fault: ({ createRecordService }) => ({
      createRecordService: (deps) => createRecordService({ ...deps, options: {} }),
    }),
    noticed: /6: after the end of a tab by itself/,
    script: 'a tab by itself whose refresh token is refused ends nothing of those that share theirs',
  }),
  'a tab without a record hands on what it counts by itself': inModule<CreateTabs>('src/tabs/createTabs.ts')({
    fault: ({ createTabs }) => ({
      createTabs: (deps) => {
        const get = (flights: object, name: string): unknown =>
          name === 'own' ? undefined : Reflect.get(flights, name);
        return createTabs({ ...deps, flights: new Proxy(deps.flights, { get }) });
      },
    }),
    noticed: /2: an older refresh token/,
    script: 'an access token that is sent along to a tab without a record is no generation of the others',
  }),
  'a session that has ended signs out whoever is there': inModule<SignOut>('src/grants/signOut.ts')({
    fault: ({ createSignOut }) => ({
      createSignOut: (...of) => {
        const signOut = createSignOut(...of);
        return (from, asked) => signOut({ ...from, lease: from.tokens && from.lease }, asked);
      },
    }),
    noticed: /6: signed in is null/,
    script: "a tab that another user's sign-in has ended signs out nobody else, later",
  }),
};
