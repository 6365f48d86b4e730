import { failureOf } from '../../machines/failureOf.ts';
import { type Lease, leaseFrom, type TokenFacts } from '../../machines/lease.ts';
import type { Failure } from '../../machines/sessionContext.ts';
import { runAppCode } from '../errors/runAppCode.ts';
import { SessionError } from '../errors/sessionError.ts';
import type { Adopt } from '../grants/adopt.ts';
import { createAdoptFrom } from '../grants/adoptFrom.ts';
import type { Grants } from '../grants/createGrants.ts';
import type { GrantDeps } from '../grants/grantDeps.ts';
import { publishUser } from '../grants/publishUser.ts';
import { announcingRecord } from '../grants/tabs/announcingRecord.ts';
import { createCatchUp } from '../grants/tabs/catchUp.ts';
import { createRecordJudge } from '../record/judgeRecord.ts';
import { createRecordService } from '../record/recordService.ts';
import type { SessionRecord } from '../record/sessionRecord.ts';
import type { Platform } from '../session/platform.ts';
import { createTabs } from '../tabs/createTabs.ts';
import { readInstant } from '../time/clock.ts';
import { instantAtWall } from '../time/deadline.ts';
import type { Permit } from '../vault/vault.ts';
import type { FakeOrigin } from './fakeOrigin.ts';

/** Life of the tokens, in seconds. */
export type FakeLives = Required<Pick<TokenFacts, 'expires_in' | 'refresh_expires_in'>>;

const failures: Readonly<Record<'terminal' | 'transient', Failure>> = {
  terminal: failureOf('terminal', 'grant_refused', { status: 400, error: 'invalid_grant' }),
  transient: failureOf('transient', 'provider_unavailable', { status: 503 }),
};

const superseded = failureOf('transient', 'session_ended');

/** Grants without a provider; what the tabs of an origin tell each other is real. */
export const createFakeGrants = <User>(
  lent: Parameters<Platform['loadGrants']>[0],
  lives: FakeLives,
  origin: FakeOrigin<User>,
): Grants => {
  const { clock, vault, onError, tell } = lent;
  const tabs = createTabs({ ...lent, record: origin.record, channel: origin.openChannel() });
  const record = announcingRecord(origin.record, tabs.tellChanged);
  const deps: GrantDeps = { ...lent, record, page: undefined };
  const judge = createRecordJudge(deps);
  const look = (): void => tell({ type: 'tab.changed' });
  const { catchUp, take } = createCatchUp(deps, tabs, undefined);

  /** Vault and record change in one turn: nobody sees the one without the other. */
  const commit = (permit: Permit, accessToken: string, lease: Lease, who: string): Lease | undefined => {
    const tokens = { accessToken, refreshToken: 'fake' };
    const taken = permit.commit(tokens, lease, who);
    if (!taken) return undefined;
    publishUser(deps, tokens, taken.epoch);
    return taken;
  };

  const signIn = async (permit: Permit): Promise<Lease | undefined> => {
    const epoch = Math.max((await record.read()).epoch + 1, clock.wallMs());
    const counts = { epoch, generation: 1 };
    const who = runAppCode(() => JSON.stringify(origin.next)) ?? '';
    const lease = leaseFrom({ ...lives, renewable: true }, readInstant(clock), counts);
    if (!permit.isValid()) return undefined;
    origin.user = origin.next;
    const taken = commit(permit, `fake-${epoch}-1`, lease, who);
    const begun = { ...counts, who, endReason: null, mark: null, lastActivityWallMs: clock.wallMs() };
    await record.update((known) => ({ ...known, ...begun }));
    return taken;
  };

  /** Another tab can have been faster. */
  const replace = async (
    permit: Permit,
    held: Pick<Lease, 'epoch' | 'generation'>,
    made: Partial<TokenFacts>,
    accessToken?: string,
    sentAt = readInstant(clock),
  ): Promise<Lease | undefined> => {
    const { epoch } = held;
    const generation = held.generation + 1;
    const lease = leaseFrom({ ...lives, ...made, renewable: true }, sentAt, { epoch, generation });
    let taken: Lease | undefined;
    await record.update((known) => {
      if (known.epoch !== epoch || known.who === null || known.generation >= generation) return known;
      taken = commit(permit, accessToken ?? `fake-${epoch}-${generation}`, lease, known.who);
      return taken ? { ...known, generation } : known;
    });
    if (taken) tabs.tellTokens();
    return taken;
  };

  const join = async (permit: Permit, known: SessionRecord): Promise<Lease | undefined> => {
    // Alone, it would wait for an answer until somebody moves the clock.
    const found = known.who !== null && origin.hasOthers ? await tabs.ask(known) : undefined;
    return found && commit(permit, found.tokens.accessToken, found.lease, known.who!);
  };

  const restore = async (permit: Permit): Promise<Lease | undefined> => {
    const known = await record.read();
    const lease = vault.lease();
    if (!lease) return join(permit, known);
    if (lease.epoch === known.epoch && vault.who() === known.who) return lease;
    vault.wipe();
    return join(vault.permitRestore(), known);
  };

  const adopt: Adopt = async ({ access_token: accessToken, ...stated }, sentAt) => {
    const held = vault.lease();
    const taken = held && (await replace(vault.permitAdoption(), held, stated, accessToken, sentAt));
    if (taken) tell({ type: 'session.adopt', lease: taken });
    return taken !== undefined;
  };

  return {
    async login({ kind, attempt }, { permit, ticket }) {
      const isRestored = kind === 'restore';
      // There is no provider that knows more than the tabs do.
      const lease = kind === 'rescue' ? undefined : await (isRestored ? restore : signIn)(permit);
      if (!lease) return { type: 'login.failed', attempt, failure: null };
      ticket?.settle(lease);
      const { lastActivityWallMs } = await record.read();
      const isKnown = isRestored && lastActivityWallMs !== null;
      const lastActivity = isKnown ? instantAtWall(lastActivityWallMs, readInstant(clock)) : null;
      return { type: 'login.granted', attempt, lease, lastActivity };
    },

    async refresh(request, permit) {
      const held = vault.lease();
      await origin.answered();
      const { answer } = origin;
      const newer = await catchUp(held);
      if (newer) return { ...request, type: 'refresh.granted', lease: newer };
      if (answer === 'grant') {
        const lease = (await replace(permit, request, {})) ?? (await catchUp(held));
        return lease
          ? { ...request, type: 'refresh.granted', lease }
          : { ...request, type: 'refresh.failed', failure: superseded };
      }
      const failure = failures[answer as keyof typeof failures];
      const retryable = answer === 'transient';
      onError(new SessionError(failure.code as 'grant_refused', 'A fake failure', { retryable }));
      return { ...request, type: 'refresh.failed', failure };
    },

    adopt,
    adoptFrom: createAdoptFrom(adopt, deps),
    record: createRecordService({
      ...deps,
      judge,
      onBehind: () => void catchUp(),
      onEnded: () => {},
      onHeldOff: look,
    }),
    forget: async () => {},
    listen() {
      const stop = tabs.listen({
        onChanged: look,
        async onRenewed(shared) {
          if (!(await take(shared))) look();
        },
      });
      if (origin.hasOthers) look();
      return stop;
    },
    signOut: async () => {},
  };
};
