import type { SessionFact } from '../../machines/sessionEvents.ts';
import type { Grants } from '../grants/createGrants.ts';
import type { SignedOut } from '../grants/signOut.ts';
import type { SignOutOptions } from '../grants/signInOptions.ts';
import type { TokenSet, Vault } from '../vault/vault.ts';
import type { Identity } from './identity.ts';
import type { Settings } from './resolveOptions.ts';
import type { Runner } from './runner.ts';
import type { Writable } from './writable.ts';

/** What an end works with. */
export interface EndingsDeps {
  readonly vault: Vault;
  readonly identity: Pick<Identity<unknown>, 'forget'>;
  readonly settings: Pick<Settings, 'storage'>;
  grants(): Promise<Grants>;
  send: Runner['send'];
  /** Whether it is not known yet whether somebody is signed in. */
  isLoading(): boolean;
}

/** The ends of a session: what is forgotten here, and what is asked of the provider. */
export interface Endings {
  signOut(options?: SignOutOptions): Promise<void>;
  /** The machine is about to hear of tokens of this epoch. */
  hear(epoch: number): void;
  /** The epoch of which it has heard last. */
  readonly heard: number | undefined;
  onFact(fact: SessionFact): void;
  /** How often the app has signed out. */
  readonly signOuts: number;
  /** The session stops: nothing leaves the page any more. */
  stop(): void;
}

const nothing = (): undefined => undefined;

export const createEndings = ({
  vault,
  identity,
  settings,
  grants,
  send,
  isLoading,
}: EndingsDeps): Endings => {
  const wipe = (): TokenSet | undefined => {
    identity.forget();
    return vault.wipe();
  };

  const clearStorage = (...of: Parameters<Grants['forget']>): void => {
    if (settings.storage)
      void grants()
        .then(({ forget }) => forget(...of))
        .catch(nothing);
  };

  let stopped = new AbortController();

  const atProvider = (of: Omit<SignedOut, 'permit' | 'signal'>, asked: SignOutOptions): Promise<void> => {
    const [permit, { signal }] = [vault.permitSignIn(), stopped];
    return grants()
      .then(({ signOut }) => signOut({ ...of, permit, signal }, asked))
      .catch(nothing);
  };

  const endings: Writable<Endings> = {
    signOuts: 0,
    heard: undefined,

    async signOut(asked) {
      endings.signOuts++;
      // Where a session has ended, whoever has signed in since in another tab is somebody else.
      const ended = isLoading() || endings.heard === undefined ? undefined : { epoch: endings.heard };
      const lease = vault.lease() ?? ended;
      const tokens = wipe();
      // What is not here yet is taken from there, to be revoked.
      if (tokens) clearStorage();
      const hint = vault.takeLogoutHint();
      send({ type: 'session.signOut' });
      await atProvider({ tokens, lease, hint }, asked ?? {});
    },

    hear: (epoch) => void (endings.heard = epoch),

    onFact(fact) {
      const isExpired = fact.type === 'expired';
      const lease = vault.lease();
      if (!isExpired && !(fact.type === 'signedOut' && lease)) return;
      // A sign-in has begun another epoch, and the machine will not hear of it any more: it is over as well.
      const isUnheard = lease !== undefined && lease.epoch !== endings.heard;
      const tokens = wipe();
      // What is found in the storage can be another page's by now; a slow write of ours can be still to come.
      if (lease) clearStorage(lease, isExpired && fact.reason === 'switched');
      const isIdleEnd = !isUnheard && isExpired && fact.reason === 'idle';
      if (isUnheard || isIdleEnd) void atProvider({ tokens, lease, isIdleEnd }, { redirect: false });
    },

    stop() {
      stopped.abort();
      stopped = new AbortController();
    },
  };
  return endings;
};
