import type { SessionFact } from '../../machines/sessionEvents.ts';
import type { Grants } from '../grants/createGrants.ts';
import type { SignedOut } from '../grants/signOut.ts';
import type { SignOutOptions } from '../grants/signInOptions.ts';
import type { TokenSet, Vault } from '../vault/vault.ts';
import type { Identity } from './identity.ts';
import type { Settings } from './resolveOptions.ts';
import type { Runner } from './runner.ts';

/** What an end works with. */
export interface EndingsDeps {
  readonly vault: Vault;
  readonly identity: Pick<Identity<unknown>, 'forget'>;
  readonly settings: Pick<Settings, 'storage'>;
  grants(): Promise<Grants>;
  send: Runner['send'];
}

/** The ends of a session: what is forgotten here, and what is asked of the provider. */
export interface Endings {
  signOut(options?: SignOutOptions): Promise<void>;
  onFact(fact: SessionFact): void;
  /** How often the app has signed out. */
  readonly signOuts: number;
  /** The session stops: nothing leaves the page any more. */
  stop(): void;
}

const nothing = (): undefined => undefined;

export const createEndings = ({ vault, identity, settings, grants, send }: EndingsDeps): Endings => {
  const forget = (): TokenSet | undefined => {
    identity.forget();
    if (settings.storage)
      void grants()
        .then(({ forget: clear }) => clear())
        .catch(nothing);
    return vault.wipe();
  };

  let stopped = new AbortController();
  let signOuts = 0;

  const atProvider = (of: Omit<SignedOut, 'permit' | 'signal'>, asked: SignOutOptions): Promise<void> => {
    const [permit, { signal }] = [vault.permitSignIn(), stopped];
    return grants()
      .then(({ signOut }) => signOut({ ...of, permit, signal }, asked))
      .catch(nothing);
  };

  return {
    get signOuts() {
      return signOuts;
    },

    async signOut(asked) {
      signOuts++;
      const tokens = forget();
      const hint = vault.takeLogoutHint();
      send({ type: 'session.signOut' });
      await atProvider({ tokens, hint }, asked ?? {});
    },

    onFact({ type, ...fact }) {
      // Found in the record: the storage is another page's by now.
      if (type === 'signedOut') vault.wipe();
      if (type !== 'expired') return;
      const tokens = forget();
      if ('reason' in fact && fact.reason === 'idle') void atProvider({ tokens }, { redirect: false });
    },

    stop() {
      stopped.abort();
      stopped = new AbortController();
    },
  };
};
