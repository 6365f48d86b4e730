import type { SessionFact } from '../../machines/sessionEvents.ts';
import type { Grants } from '../grants/createGrants.ts';
import type { SignOutOptions } from '../grants/signInOptions.ts';
import type { TokenSet, Vault } from '../vault/vault.ts';
import type { Identity } from './identity.ts';
import type { Runner } from './runner.ts';

/** What an end works with. */
export interface EndingsDeps {
  readonly vault: Vault;
  readonly identity: Pick<Identity<unknown>, 'forget'>;
  /** Whether tokens are persisted. */
  readonly isStored: boolean;
  grants(): Promise<Grants>;
  send: Runner['send'];
}

/** The ends of a session: what is forgotten here, and what is asked of the provider. */
export interface Endings {
  signOut(options?: SignOutOptions): Promise<void>;
  onFact(fact: SessionFact): void;
  /** The page came back: another one may have ended the session meanwhile. */
  leaveIfEnded(): Promise<void>;
}

const nothing = (): undefined => undefined;

export const createEndings = ({ vault, identity, isStored, grants, send }: EndingsDeps): Endings => {
  const forget = (): TokenSet | undefined => {
    identity.forget();
    if (isStored)
      void grants()
        .then(({ forget: clear }) => clear())
        .catch(nothing);
    return vault.wipe();
  };

  const atProvider = (
    tokens: TokenSet | undefined,
    hint: string | undefined,
    asked: SignOutOptions,
  ): Promise<void> =>
    grants()
      .then(({ signOut }) => signOut(tokens, hint, asked))
      .catch(nothing);

  return {
    async signOut(asked = {}) {
      const tokens = forget();
      const hint = vault.takeLogoutHint();
      send({ type: 'session.signOut' });
      await atProvider(tokens, hint, asked);
    },

    onFact(fact) {
      if (fact.type !== 'expired') return;
      const tokens = forget();
      if (fact.reason === 'idle') void atProvider(tokens, undefined, { redirect: false });
    },

    async leaveIfEnded() {
      if (!vault.lease) return;
      const { hasEnded } = await grants();
      if (!(await hasEnded())) return;
      // The storage is the other page's now.
      vault.wipe();
      send({ type: 'session.signOut' });
    },
  };
};
