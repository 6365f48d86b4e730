import type { Lease } from '../../machines/lease.ts';
import { sameTokens } from '../../machines/sameTokens.ts';
import type { RecordJudge } from '../record/judgeRecord.ts';
import type { SessionRecord } from '../record/sessionRecord.ts';
import type { Permit, TokenSet } from '../vault/vault.ts';
import type { GrantDeps } from './grantDeps.ts';
import type { Store } from './store.ts';
import type { Marks } from './tabs/marks.ts';

/** What else makes the tokens at hand newer ones than a renewal. */
export interface NewerTokens {
  /** Only the refresh token is newer. Returns whether the tokens that it belongs to are still here. */
  keepRefreshToken(permit: Permit, refreshToken: string): boolean;
  /**
   * The same as a generation of its own, of which the other tabs are told. One that is not in the vault yet gets there with
   * that: by the one before it others could spend it.
   */
  advance(permit: Permit, refreshToken?: string): Promise<void>;
  /** What this page has got by itself is what all tabs have from now on, as the record shows it. */
  share(generation: number): void;
}

/** What {@link NewerTokens} go to. */
export interface NewerTokensDeps {
  readonly judge: Pick<RecordJudge, 'vouchFor'>;
  readonly marks: Pick<Marks, 'isOurs'>;
  readonly stored: Pick<Store, 'save'> | undefined;
  /** Tells the other tabs, once they are in the storage. */
  announce(saved: Promise<unknown> | undefined): void;
}

export const createNewerTokens = (
  { vault, record, tell }: Pick<GrantDeps, 'vault' | 'record' | 'tell'>,
  { judge, marks, stored, announce }: NewerTokensDeps,
): NewerTokens => {
  const commit = (permit: Permit, tokens: TokenSet | undefined, lease: Lease): Lease | undefined => {
    const who = vault.who();
    const taken = tokens && who !== undefined ? permit.commit(tokens, lease, who) : undefined;
    if (tokens && taken) announce(stored?.save(tokens, taken));
    return taken;
  };

  return {
    keepRefreshToken(permit, refreshToken) {
      permit.keepRefreshToken(refreshToken);
      const [tokens, lease] = [permit.read(), vault.lease()];
      if (tokens && lease) void stored?.save(tokens, lease);
      return tokens !== undefined;
    },

    async advance(permit, refreshToken) {
      const [lease, who] = [vault.lease(), vault.who()];
      if (!permit.read() || !lease) return;
      const generation = lease.generation + 1;
      const isOurs = (known: SessionRecord): boolean =>
        sameTokens(lease, known) &&
        known.who === who &&
        (refreshToken === undefined || known.mark === null || marks.isOurs(known.mark));
      const known = await record.update((found) => {
        const vouched = judge.vouchFor(found);
        return isOurs(vouched) ? { ...vouched, generation, mark: null } : found;
      });
      const advanced = { ...lease, generation };
      if (!sameTokens(advanced, known)) return;
      if (refreshToken !== undefined) permit.keepRefreshToken(refreshToken);
      commit(permit, permit.read(), advanced);
    },

    share(generation) {
      const [permit, lease] = [vault.permitTab(), vault.lease()];
      const shared = lease && commit(permit, permit.read(), { ...lease, generation });
      if (shared) tell({ type: 'tab.renewed', lease: shared });
    },
  };
};
