import { requireType } from '../errors/requireType.ts';
import type { SignInOptions } from '../grants/signInOptions.ts';
import type { Continuity } from '../environment/continuity.ts';
import { type Clock, readInstant } from '../time/clock.ts';
import { instantAtWall } from '../time/deadline.ts';
import type { Vault } from '../vault/vault.ts';
import type { Endings } from './endings.ts';
import type { Identity } from './identity.ts';
import type { Loaded } from './openGrants.ts';
import type { Platform } from './platform.ts';
import type { Runner } from './runner.ts';
import type { Session } from './session.ts';
import type { SignIn } from './signIn.ts';
import type { Tickets } from './tickets.ts';

/** What the calls of a session work with. */
export interface CallDeps<User> {
  readonly runner: Runner;
  readonly identity: Identity<User>;
  readonly tickets: Tickets;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly continuity: Pick<Continuity, 'isBroken'>;
  /** Starts the session where it does not run. */
  start(): unknown;
  readonly endings: Pick<Endings, 'signOut' | 'signOuts'>;
  /** The second chunk; rejects with `code_not_loaded`. */
  grants(): Promise<Loaded>;
  readonly platform: Pick<Platform, 'holdProcess'>;
}

/** What the app asks of a session. */
export type Calls<User> = Pick<Session<User>, 'require' | 'signIn' | 'signOut' | 'renew' | 'adopt'>;

/**
 * What is to be settled in the turn of a call is settled here. The rest is loaded with the grants, which each of them
 * needs, once it is known whether somebody is signed in.
 */
export const createCalls = <User>(deps: CallDeps<User>): Calls<User> => {
  const { runner, endings, vault, clock, grants, platform, start } = deps;

  /** Node exits under a promise that only the app's own transport will settle. */
  const held = <T>(work: Promise<T>): Promise<T> => work.finally(platform.holdProcess?.());

  const whenLoaded = async (): Promise<Loaded> => {
    start();
    const { begun } = runner;
    await runner.until(() => true);
    const loaded = await grants();
    // A stop has given up what it was asked for, whoever has started it again since.
    if (begun !== runner.begun) throw runner.stopped;
    return loaded;
  };

  let signInOnceLoaded: SignIn<User> | undefined;
  const signIn = async (asked?: SignInOptions, isRequired?: boolean): Promise<User> => {
    const options = requireType('object', asked);
    const { signOuts } = endings;
    const { createSignIn } = await whenLoaded();
    signInOnceLoaded ??= createSignIn(deps);
    return signInOnceLoaded({ options, isRequired }, signOuts);
  };

  return {
    require: (asked) => signIn(asked, true),
    signIn: (asked) => signIn(asked),
    async signOut(asked) {
      if (runner.retired) throw runner.retired;
      await held(endings.signOut(asked));
    },
    renew: async () => (await whenLoaded()).renew(deps),
    async adopt(tokens, asked) {
      const { requestedAt } = requireType('object', asked);
      const askedAtMs = requireType('number', requestedAt ?? Infinity, 'adopt: `requestedAt`');
      if (runner.retired) throw runner.retired;
      const now = readInstant(clock);
      const since = vault.lease();
      // A time that has not come yet would lengthen their life.
      const sentAt = instantAtWall(Math.min(askedAtMs, now.wallMs), now);
      return held(grants().then(({ adopt }) => adopt(tokens, sentAt, since)));
    },
  };
};
