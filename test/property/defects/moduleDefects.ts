import { type Instant, readInstant } from '../../../src/time/clock.ts';
import { deadlineAfter } from '../../../src/time/deadline.ts';
import type { Bearer, TokenSet } from '../../../src/vault/vault.ts';
import { overridden } from './overridden.ts';

type Lease = typeof import('../../../machines/lease.ts');
type Reducers = typeof import('../../../machines/reducers.ts');
type Guards = typeof import('../../../machines/guards.ts');
type Presence = typeof import('../../../machines/presence.ts');
type Admission = typeof import('../../../src/gate/admission.ts');
type Authorization = typeof import('../../../src/gate/authorization.ts');
type Delivery = typeof import('../../../src/gate/delivery.ts');
type TokenOrigins = typeof import('../../../src/gate/tokenOrigins.ts');
type WaitQueue = typeof import('../../../src/gate/waitQueue.ts');
type Bodies = typeof import('../../../src/gate/bodies.ts');
type Outgoing = typeof import('../../../src/gate/outgoing.ts');
type Refusals = typeof import('../../../src/gate/refusals.ts');
type FailureClass = typeof import('../../../src/grants/failureClass.ts');
type RenewTokens = typeof import('../../../src/grants/renewTokens.ts');
type RecordJudge = typeof import('../../../src/record/judgeRecord.ts');
type StoredTokens = typeof import('../../../src/storage/storedTokens.ts');
type Continuity = typeof import('../../../src/environment/continuity.ts');
type Listeners = typeof import('../../../src/time/listeners.ts');
type Adopt = typeof import('../../../src/grants/adopt.ts');
type Commit = typeof import('../../../src/grants/commit.ts');
type SignOut = typeof import('../../../src/grants/signOut.ts');
type IsOver = typeof import('../../../src/grants/signIn/isOver.ts');
type RefreshGrant = typeof import('../../../src/grants/protocol/refreshGrant.ts');
type RunAppCode = typeof import('../../../src/errors/runAppCode.ts');
type Environment = typeof import('../../../src/environment/pageEnvironment.ts');
type Alarm = typeof import('../../../src/time/alarm.ts');
type Silent = typeof import('../../../src/grants/signIn/silent.ts');
type InTurn = typeof import('../../../src/time/inTurn.ts');
type Vault = typeof import('../../../src/vault/vault.ts');

/** A part of the code replaced by a faulty one, and the invariant that has to notice. */
export interface ModuleDefect {
  /** From the root of the repository. */
  readonly path: string;
  /** The exports that are replaced. */
  fault(actual: object): object;
  readonly noticed: RegExp;
  /** The directed script that shows it; where none does, scheduled runs have to. */
  readonly script?: string;
  /** Those runs that show it soonest; other ones do, too, and later. @default 1 */
  readonly seed?: number;
}

/** Defects of one module, with its exports typed. */
export const inModule =
  <Module extends object>(path: string) =>
  (
    defect: Omit<ModuleDefect, 'path' | 'fault'> & { fault(actual: Module): Partial<Module> },
  ): ModuleDefect => ({
    ...defect,
    path,
    fault: (actual) => defect.fault(actual as Module),
  });

const inVault = inModule<Vault>('src/vault/vault.ts');
const inRefreshGrant = inModule<RefreshGrant>('src/grants/protocol/refreshGrant.ts');
const inCommit = inModule<Commit>('src/grants/commit.ts');
const inAdopt = inModule<Adopt>('src/grants/adopt.ts');
const inWaitQueue = inModule<WaitQueue>('src/gate/waitQueue.ts');
const inAdmission = inModule<Admission>('src/gate/admission.ts');
const inTokenOrigins = inModule<TokenOrigins>('src/gate/tokenOrigins.ts');
const inReducers = inModule<Reducers>('machines/reducers.ts');

/** By what they do. */
export const moduleDefects: Readonly<Record<string, ModuleDefect>> = {
  'the gate believes that every token is fresh': inAdmission({
    fault: ({ createAdmission }) => ({
      createAdmission: (deps) => {
        const fresh = (): Bearer | undefined => {
          const bearer = deps.vault.bearer();
          const freshUntil = deadlineAfter(readInstant(deps.clock), 60_000);
          return bearer && { ...bearer, freshUntil };
        };
        return createAdmission({ ...deps, vault: { ...deps.vault, bearer: fresh } });
      },
    }),
    noticed: /1: handed out with/,
  }),
  'a token is taken to live longer than it does': inModule<Lease>('machines/lease.ts')({
    fault: ({ leaseFrom }) => ({
      leaseFrom: (facts, ...rest) =>
        leaseFrom({ ...facts, expires_in: (facts.expires_in ?? 0) + 60 }, ...rest),
    }),
    seed: 2,
    noticed: /1: handed out with/,
  }),
  'a refresh token is sent twice at once': inRefreshGrant({
    fault: ({ refreshGrant }) => ({
      refreshGrant: (...args) => {
        void refreshGrant(...args).catch(() => undefined);
        return refreshGrant(...args);
      },
    }),
    noticed: /2: two refresh grants in flight/,
  }),
  'the first refresh token is used for ever': inRefreshGrant({
    fault: ({ refreshGrant }) => {
      const first = new WeakMap<object, Parameters<typeof refreshGrant>[1]>();
      return {
        refreshGrant: (provider, tokens) => {
          if (!first.has(provider)) first.set(provider, tokens);
          return refreshGrant(provider, first.get(provider) ?? tokens);
        },
      };
    },
    // The first one can be of a session that has ended.
    noticed: /2: an older refresh token was sent|6: a refresh after the sign-out/,
  }),
  'a wait has no deadline': inWaitQueue({
    fault: ({ createWaitQueue }) => ({
      createWaitQueue: (deps) => createWaitQueue({ ...deps, waitMs: 3_600_000 }),
    }),
    noticed: /3: a wait of/,
  }),
  'requests renew like the app itself': inReducers({
    fault: ({ reducers }) => ({
      reducers: {
        ...reducers,
        'session.renew': (context, event, chance) =>
          reducers['session.renew'](context, { ...event, by: 'app' }, chance),
      },
    }),
    seed: 3,
    noticed: /4: a renewal without presence/,
  }),
  'presence is judged without a look': inModule<Presence>('machines/presence.ts')({
    fault: ({ isPresent }) => ({ isAway: (context) => !isPresent(context), needsLook: () => false }),
    seed: 5,
    noticed: /4: idle/,
  }),
  'a lease is told with the tokens in it': inCommit({
    fault: ({ createCommit }) => ({
      createCommit: (...deps) => {
        const commit = createCommit(...deps);
        return async (arrival) => {
          const outcome = await commit(arrival);
          if (outcome.kind !== 'taken') return outcome;
          return { ...outcome, lease: { ...outcome.lease, ...arrival.answer.tokens } };
        };
      },
    }),
    noticed: /5: a secret in/,
  }),
  'a sign-out leaves the vault as it is': inVault({
    fault: ({ createVault }) => ({ createVault: () => overridden(createVault(), { wipe: () => undefined }) }),
    noticed: /6: |9: /,
  }),
  'the answer to a renewal is taken whatever came meanwhile': inVault({
    fault: ({ createVault }) => ({
      createVault: () => {
        const vault = createVault();
        const { permitRenewal } = vault;
        return overridden(vault, {
          permitRenewal: () =>
            overridden(permitRenewal(), {
              read: () => permitRenewal().read(),
              commit: (...arrived) => permitRenewal().commit(...arrived),
            }),
        });
      },
    }),
    noticed: /2: an older refresh token was sent|6: |K: /,
    script: "a call that waits does not go out with the next user's token",
  }),
  'the answer to a sign-in is taken without its epoch': inVault({
    fault: ({ createVault }) => ({
      createVault: () => {
        const vault = createVault();
        const { permitSignIn, permitRestore } = vault;
        return overridden(vault, {
          permitSignIn: () =>
            overridden(permitSignIn(), {
              isValid: () => true,
              read: () => permitRestore().read(),
              commit: (...arrived) => permitRestore().commit(...arrived),
            }),
        });
      },
    }),
    seed: 5,
    noticed: /6: |9: /,
  }),
  'a wait is bound to no epoch': inAdmission({
    fault: ({ createAdmission }) => ({
      createAdmission: (deps) => {
        const admission = createAdmission(deps);
        return {
          ...admission,
          judge: (need) => {
            need.epoch = undefined;
            return admission.judge(need);
          },
        };
      },
    }),
    noticed: /6: a call of/,
    script: "a call that waits does not go out with the next user's token",
  }),
  'the alarm is set only a few times': inModule<Alarm>('src/time/alarm.ts')({
    fault: ({ createAlarm }) => ({
      createAlarm: (...args) => {
        const alarm = createAlarm(...args);
        let sets = 0;
        return {
          set(deadline) {
            if (deadline === null || sets++ <= 3) alarm.set(deadline);
          },
        };
      },
    }),
    noticed: /K: |3: /,
  }),
  'adopted tokens count from later than they were asked for': inAdopt({
    fault: ({ createAdopt }) => ({
      createAdopt: (...args) => {
        const adopt = createAdopt(...args);
        const later = ({ wallMs, monotonicMs }: Instant): Instant => ({
          wallMs: wallMs + 30_000,
          monotonicMs: monotonicMs + 30_000,
        });
        return (response, sentAt, since) => adopt(response, later(sentAt), since);
      },
    }),
    seed: 6,
    noticed: /1: handed out with/,
  }),
  'adopted tokens are taken whatever came meanwhile': inAdopt({
    fault: ({ createAdopt }) => ({
      createAdopt: (deps, ...rest) => {
        const adopt = createAdopt(deps, ...rest);
        return (response, sentAt, since) => {
          const lease = deps.vault.lease();
          return lease && since?.epoch === lease.epoch
            ? adopt(response, lease.sentAt, lease)
            : adopt(response, sentAt, since);
        };
      },
    }),
    noticed: /2: an older refresh token was sent/,
    script: 'tokens that a backend sends along after a renewal do not replace newer ones',
  }),
  'what adopted tokens leave out is lost': inVault({
    fault: ({ createVault }) => ({
      createVault: () => {
        const vault = createVault();
        let adopted: TokenSet | undefined;
        return {
          ...vault,
          permitAdoption() {
            const permit = vault.permitAdoption();
            return { ...permit, commit: (tokens, ...of) => permit.commit((adopted = tokens), ...of) };
          },
          permitRenewal() {
            const permit = vault.permitRenewal();
            const read = (): TokenSet | undefined => {
              const bare = adopted;
              adopted = undefined;
              return bare ?? permit.read();
            };
            return { ...permit, read };
          },
        };
      },
    }),
    noticed: /6: /,
    script:
      'tokens that a backend sends along without a word of who it is change neither the user nor what is stored',
  }),
  'renewals do not wait for an adoption': inModule<InTurn>('src/time/inTurn.ts')({
    fault: ({ inTurn }) => ({
      inTurn: (turns, kind, work) => inTurn(kind === 'adoption' ? {} : turns, kind, work),
    }),
    noticed: /2: a refresh token was sent while/,
    script: 'a renewal waits for tokens that are being adopted',
  }),
  'whatever a renewal brings replaces what is fresh': inCommit({
    fault: ({ createCommit }) => ({
      createCommit: (...deps) => {
        const commit = createCommit(...deps);
        return ({ from: _from, ...arrival }) => commit(arrival);
      },
    }),
    noticed: /B: a fresh token was given up/,
    script: 'a token that is fresh is not given up for one that arrives stale',
  }),
  'a frame may find anybody': inModule<Silent>('src/grants/signIn/silent.ts')({
    fault: ({ createSilent }) => ({
      createSilent: (...deps) => {
        const silent = createSilent(...deps);
        return { ...silent, askInPlace: () => silent.askInPlace() };
      },
    }),
    noticed: /6: a frame's tokens/,
    script: 'another user ends the session: in a frame nobody is looked for who has no name',
  }),
  'the environment is never left': inModule<Environment>('src/environment/pageEnvironment.ts')({
    fault: ({ watchEnvironment }) => ({
      watchEnvironment: (options) => {
        watchEnvironment(options);
        return () => undefined;
      },
    }),
    noticed: /8: /,
  }),
  "what the app's code throws is let through": inModule<RunAppCode>('src/errors/runAppCode.ts')({
    fault: () => ({
      runAppCode(run) {
        try {
          return run();
        } catch (error) {
          // Where a promise waits for nobody, it would end the tests and not the run.
          if (!String(error).includes('a listener of the app')) return undefined;
          throw error;
        }
      },
    }),
    noticed: /a subscriber of the app|9: /,
  }),
  'one call that is aborted leaves the others waiting': inWaitQueue({
    fault: ({ createWaitQueue }) => ({
      createWaitQueue: (deps) => {
        const stops = new Set<() => void>();
        const subscribe = (onChange: () => void): (() => void) => {
          const stop = deps.session.subscribe(onChange);
          stops.add(stop);
          return stop;
        };
        const queue = createWaitQueue({ ...deps, session: { subscribe } });
        return {
          ...queue,
          enqueue(signal, judge, act) {
            signal?.addEventListener('abort', () => stops.forEach((stop) => stop()));
            return queue.enqueue(signal, judge, act);
          },
        };
      },
    }),
    noticed: /3: a call waits though a fresh token/,
    script: 'one call that is aborted does not keep the others waiting',
  }),
  'a token that is too short for its caller fails the call at the next change': inAdmission({
    fault: ({ createAdmission }) => ({
      createAdmission: (deps) => {
        const admission = createAdmission(deps);
        return {
          ...admission,
          judge(need) {
            if (need.tooShort !== undefined) need.tooShort--;
            return admission.judge(need);
          },
        };
      },
    }),
    seed: 5,
    noticed: /3: a token was called too short/,
  }),
  'a margin is forgotten': inAdmission({
    fault: ({ createAdmission }) => ({
      createAdmission: (deps) => {
        const admission = createAdmission(deps);
        return { ...admission, judge: (need) => admission.judge(overridden(need, { marginMs: undefined })) };
      },
    }),
    noticed: /1: a token with less life than was asked for/,
  }),
  'any header of thirteen letters counts as an authorization': inModule<Authorization>(
    'src/gate/authorization.ts',
  )({
    fault: ({ hasAuthorization }) => ({
      hasAuthorization: (headers) =>
        hasAuthorization(headers) || [...new Headers(headers).keys()].some((name) => name.length === 13),
    }),
    noticed: /7: a call went out without its token/,
  }),
  "the page's own origin gets tokens although it is not listed": inTokenOrigins({
    fault: ({ createTokenOrigins }) => ({
      createTokenOrigins: (entries, page) => createTokenOrigins([...entries, 'self'], page),
    }),
    noticed: /7: a token was sent to https:\/\/app\.test/,
  }),
  'whatever names an allowed origin gets tokens': inTokenOrigins({
    fault: () => ({
      createTokenOrigins: ([origin = '']) => ({
        resolve: (url) => (url.includes(origin) ? { origin, url } : undefined),
      }),
    }),
    seed: 3,
    noticed: /7: a token was sent to https:\/\/evil\.test|7: a token was sent to https:\/\/api\.test\.evil/,
  }),
  'the network comes back, and is taken to be gone': inReducers({
    fault: ({ reducers }) => ({
      reducers: {
        ...reducers,
        'network.online': (...args) => ({ ...reducers['network.online'](...args), offline: true }),
      },
    }),
    noticed: /B: still without a token 10 s/,
    script: '`online` 100 ms before the network: without requests a present user has a token within 10 s',
  }),
  'a 401 without a body is an error': inModule<Delivery>('src/gate/delivery.ts')({
    fault: ({ createDelivery }) => ({
      createDelivery: (deps) =>
        createDelivery({
          ...deps,
          transport: (...args) =>
            deps.transport(...args).then((response) => {
              if (response.status === 401 && response.body === null) throw new TypeError('no body to cancel');
              return response;
            }),
        }),
    }),
    noticed: /3: a call failed with TypeError/,
  }),
  'the machine dies where one answer names an end and the next does not': inReducers({
    fault: ({ reducers }) => ({
      reducers: {
        ...reducers,
        'refresh.granted': (context, event, chance) => {
          if (context.lease?.refreshDeadline && !event.lease.refreshDeadline)
            throw new TypeError('no deadline');
          return reducers['refresh.granted'](context, event, chance);
        },
      },
    }),
    noticed: /9: the (machine has died|run was ended by TypeError)/,
    script: 'one answer names the end of the refresh token and the next does not',
  }),
  'the second renewal comes after a short refresh token has ended': inModule<Guards>('machines/guards.ts')({
    fault: ({ guards, untilNextChangeMs }) => {
      const late: typeof untilNextChangeMs = (context) => untilNextChangeMs(lateIn(context));
      const lateIn = (context: Parameters<typeof late>[0]) => ({
        ...context,
        firstRefreshLifeMs: context.firstRefreshLifeMs === null ? null : Infinity,
      });
      return {
        guards: { ...guards, due: (context) => guards.due(lateIn(context)) },
        untilNextChangeMs: late,
      };
    },
    seed: 3,
    noticed: /K: /,
  }),
  'a relative address is sent as it was given': inModule<Outgoing>('src/gate/outgoing.ts')({
    fault: ({ outgoingOf }) => ({
      outgoingOf: (input, init, resolve) => {
        const call = outgoingOf(input, init, resolve);
        return typeof input === 'string' && call.origin ? { ...call, target: input } : call;
      },
    }),
    noticed: /7: a (token|call to \S+) was sent to/,
    script: 'a `<base>` that appears while a call waits leads it nowhere',
  }),
  'a body is read after the wait': inModule<Bodies>('src/gate/bodies.ts')({
    fault: () => ({ takeBody: (body) => body }),
    noticed: /7: a body was changed on the way/,
    script: 'a body is taken at the call: form',
  }),
  'a lost record ends the epoch that it was of': inModule<RecordJudge>('src/record/judgeRecord.ts')({
    fault: ({ createRecordJudge }) => ({
      createRecordJudge: (deps) => ({ ...createRecordJudge(deps), vouchFor: (record) => record }),
    }),
    noticed: /K: signed out by the loss/,
    script: 'a record that is lost costs no rotated token',
  }),
  'a page that comes back believes what it knew': inModule<Continuity>('src/environment/continuity.ts')({
    fault: ({ createContinuity }) => ({
      createContinuity: (...deps) => overridden(createContinuity(...deps), { isBroken: () => false }),
    }),
    noticed: /6: /,
    script: 'a page that comes back shows nobody before it has read the record: signed out elsewhere',
  }),
  'renewals do not wait for each other': inModule<RenewTokens>('src/grants/renewTokens.ts')({
    fault: ({ createRenewTokens }) => ({
      createRenewTokens:
        (sources, _flights, commit) =>
        (...asked) =>
          createRenewTokens(sources, {}, commit)(...asked),
    }),
    noticed: /2: two refresh grants in flight/,
    script: 'a renewal at restoring and one after a new sign-in are never in flight together',
  }),
  'a sign-out is written down once the storage has answered': inModule<SignOut>('src/grants/signOut.ts')({
    fault: ({ createSignOut }) => ({
      createSignOut: (provider, deps, stored, epochs) => {
        const signOut = createSignOut(provider, deps, undefined, epochs);
        return async (of, asked) => {
          const tokens = of.tokens ?? (await stored?.take())?.tokens;
          return signOut({ ...of, tokens }, asked);
        };
      },
    }),
    noticed: /6: a reload has undone a sign-out/,
    script: 'a sign-out while restoring is known to the next page, however slow the storage is',
  }),
  'a stored session is restored whatever its end': inModule<IsOver>('src/grants/signIn/isOver.ts')({
    fault: ({ isOver }) => ({ isOver: (record, deps) => isOver(record, deps) }),
    noticed: /K: a restored session is over without a reason/,
    script: 'a stored session that ran out while nobody was there is over, and nothing is sent for it',
  }),
  'writes to the storage overtake each other': inModule<StoredTokens>('src/storage/storedTokens.ts')({
    fault: ({ createStoredTokens }) => ({
      createStoredTokens: (storage, name, options) => {
        const alone = () => createStoredTokens(storage, name, { ...options, flights: {} });
        return {
          load: () => alone().load(),
          save: (...kept) => alone().save(...kept),
          clear: (...of) => alone().clear(...of),
          take: () => alone().take(),
        };
      },
    }),
    noticed: /6: the storage holds tokens of nobody/,
    script: 'a slow write does not land after the removal that a sign-out asked for',
  }),
  'whatever is refused may be granted later': inModule<FailureClass>('src/grants/failureClass.ts')({
    fault: () => ({ failureClassOf: () => 'transient' }),
    noticed: /B: refused for good|3: /,
    script: 'refused for good (404): requests fail at once, and the session ends',
  }),
  'a refusal by an API outlives the renewal that failed': inModule<Refusals>('src/gate/refusals.ts')({
    fault: ({ createRefusals }) => ({
      createRefusals: ({ session, ...deps }) =>
        createRefusals({
          ...deps,
          waitMs: Infinity,
          session: { failure: () => undefined, requestRenewal: session.requestRenewal },
        }),
    }),
    noticed: /3: |B: /,
    script: 'one 401, a renewal that fails, and a user who was away: the API is reachable',
  }),
  'a server is obeyed for a year': inReducers({
    fault: ({ reducers }) => ({
      reducers: {
        ...reducers,
        'refresh.failed': (context, event, chance) => {
          const { retryAfterMs } = event.failure;
          const known = reducers['refresh.failed'](context, event, chance);
          return retryAfterMs ? { ...known, notBefore: deadlineAfter(context.now, retryAfterMs) } : known;
        },
      },
    }),
    noticed: /B: waits for longer than 5 min/,
    script: 'no server is obeyed for longer than five minutes: wait a year',
  }),
  'whoever begins to listen meanwhile is told as well': inModule<Listeners>('src/time/listeners.ts')({
    fault: () => ({
      createListeners: <T>() => {
        const listeners = new Set<(value: T) => void>();
        return {
          count: () => listeners.size,
          add(listener: (value: T) => void) {
            const mine = (value: T): void => listener(value);
            listeners.add(mine);
            return () => void listeners.delete(mine);
          },
          tell: (value: T) => listeners.forEach((listener) => listener(value)),
        };
      },
    }),
    noticed: /9: /,
    script: 'a listener that undoes itself and listens again is called once',
  }),
};
