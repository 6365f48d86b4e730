import { isFresh } from '../../machines/freshness.ts';
import type { Lease } from '../../machines/lease.ts';
import type { LoginGranted, LoginRequested } from '../../machines/sessionEvents.ts';
import { decodeJwt } from '../claims/user.ts';
import { tellUser } from '../claims/tellUser.ts';
import { SessionError } from '../errors/sessionError.ts';
import type { SessionRecord } from '../record/sessionRecord.ts';
import { isTrustworthy, type StoredTokens, type StoredTokensStore } from '../storage/storedTokens.ts';
import { type Milliseconds, readInstant } from '../time/clock.ts';
import { instantAtWall } from '../time/deadline.ts';
import type { TokenSet, VaultCapability } from '../vault/vault.ts';
import type { Commit } from './commit.ts';
import { customAnswer } from './customAnswer.ts';
import { failureClassOf } from './failureClass.ts';
import type { GrantParts, SignInRequest } from './grantParts.ts';
import { passwordGrant } from './passwordGrant.ts';
import type { Provider } from './provider.ts';
import type { Redirects } from './redirects.ts';
import { refreshGrant } from './refreshGrant.ts';
import { revoke } from './revocation.ts';
import type { SignInOptions } from './signInOptions.ts';
import type { Silent } from './silent.ts';
import type { TokenAnswer } from './tokenAnswer.ts';
import { toSessionError } from './toSessionError.ts';

/** `isCurrent`: whether no newer sign-in has begun. */
type Login = (request: LoginRequested, isCurrent: () => boolean) => Promise<LoginGranted | undefined>;

/** One attempt to sign in, with its right to the vault: as it was when it began, or as the attempt itself has left it. */
interface Try {
  readonly attempt: number;
  right: VaultCapability;
  isCurrent(): boolean;
}

/** How a page is left for the provider. */
interface Leaving {
  readonly silent?: 'redirect' | false;
  readonly replaces?: boolean;
  /** Called when it is sure; throws where it must not be. */
  count?(): void;
}

/** The page is about to be left: nothing after this happens in it. */
const leaving = (): Promise<never> => new Promise(() => {});

const cancelled = (): SessionError =>
  new SessionError('sign_in_cancelled', 'The sign-in was given up: signed out or signed in anew meanwhile');

const subOf = ({ idToken }: TokenSet): string => {
  const sub = decodeJwt(idToken)?.['sub'];
  return typeof sub === 'string' ? sub : '';
};

/** The three ways to be signed in: by the user, by what is still there, and by the provider's own session. */
export const createLogin = (
  provider: Provider,
  parts: GrantParts,
  {
    commit,
    redirects,
    silent,
    stored,
  }: { commit: Commit; redirects: Redirects; silent: Silent; stored: StoredTokensStore | undefined },
): Login => {
  const { vault, record, options, clock, page } = parts;

  /** Whether a session with this last activity is over by the app's policy. */
  const isOver = (lastActivityWallMs: Milliseconds | null): boolean =>
    lastActivityWallMs !== null &&
    clock.wallMs() - lastActivityWallMs >= ((options.idle || {}).signOutAfter ?? Infinity);

  const granted = async (attempt: number, lease: Lease, isInteractive: boolean): Promise<LoginGranted> => {
    const now = readInstant(clock);
    const wallMs = isInteractive ? null : ((await record.read()).lastActivityWallMs ?? lease.sentAt.wallMs);
    redirects.reset();
    return {
      type: 'login.granted',
      attempt,
      lease,
      // A note from the future was made before the wall clock was set back: now is the latest it can mean.
      lastActivity: wallMs === null ? null : instantAtWall(Math.min(wallMs, now.wallMs), now),
    };
  };

  const commitSignIn = async (
    by: Try,
    answer: TokenAnswer,
    isInteractive: boolean,
  ): Promise<LoginGranted> => {
    const lease = await commit.signIn(answer, by, isInteractive);
    if (lease) return granted(by.attempt, lease, isInteractive);
    await revoke(provider, answer.tokens);
    throw cancelled();
  };

  const leaveFor = async (
    asked: SignInOptions,
    { isCurrent }: Try,
    { silent: mode = false, replaces = false, count = (): void => {} }: Leaving = {},
  ): Promise<never> => {
    const url = await redirects.begin(asked, mode);
    if (!isCurrent()) throw cancelled();
    count();
    page?.navigate(url, { replaces });
    return leaving();
  };

  /** Nobody asked for it: only a page that is seen leaves, and the Back button skips it. */
  const leaveUnasked = async (asked: SignInOptions, now: Try, how: Leaving): Promise<never> => {
    await page?.whenVisible();
    return leaveFor(asked, now, { ...how, replaces: true });
  };

  /** After an end that left the provider's session alive, the next sign-in asks the user. */
  const prompting = async (asked: SignInOptions): Promise<SignInOptions> =>
    asked.prompt === undefined && (await record.read()).promptLogin ? { ...asked, prompt: 'login' } : asked;

  let isDiscouraged = false;
  const discourage = (): void => {
    if (isDiscouraged) return;
    isDiscouraged = true;
    parts.onWarning(
      new SessionError(
        'password_grant_discouraged',
        'The password grant shows the password to the app, and RFC 9700 §2.4 forbids it for new ones. Call `signIn()` without it',
      ),
    );
  };

  const askTheUser = async ({ options: asked, isUnasked }: SignInRequest, now: Try): Promise<TokenAnswer> => {
    const custom = options.grants?.signIn;
    if (custom) return customAnswer(clock, () => custom(asked));
    const { username, password } = asked;
    if (username !== undefined && password !== undefined) {
      discourage();
      return passwordGrant(provider, { username, password, scope: asked.scope });
    }
    const wanted = await prompting(asked);
    if (!isUnasked) return leaveFor(wanted, now);
    return leaveUnasked(wanted, now, { count: redirects.countRedirect });
  };

  const interactive = async (now: Try, request: string | null): Promise<LoginGranted> =>
    commitSignIn(now, await askTheUser(parts.signIns.get(request ?? '') ?? { options: {} }, now), true);

  const rescue = async (now: Try): Promise<LoginGranted> => {
    const { who } = await record.read();
    const answer = await silent.askInPlace();
    if (answer.claims?.sub === who) return commitSignIn(now, answer, false);
    await revoke(provider, answer.tokens);
    throw new SessionError('interaction_required', 'Another user is signed in at the provider');
  };

  const renewStored = async (now: Try, { tokens, lease }: StoredTokens): Promise<Lease | undefined> => {
    try {
      return await commit.renewal(await refreshGrant(provider, tokens), now.right, lease);
    } catch (thrown) {
      const error = toSessionError(thrown);
      parts.onError(error);
      // The network ate the try: the user is signed in, and the machine goes on trying.
      if (failureClassOf(error) !== 'terminal') return lease;
      if (!now.right.stands) return undefined;
      vault.wipe();
      now.right = vault.grant();
      return undefined;
    }
  };

  /** A record that was lost while the storage was not is made anew from what the storage says. */
  const recordBeside = ({ tokens, lease, savedAtWallMs }: StoredTokens): Promise<SessionRecord> =>
    record.update((known) =>
      known.epoch > 0
        ? known
        : {
            ...known,
            epoch: lease.epoch,
            generation: lease.generation,
            who: subOf(tokens),
            lastActivityWallMs: savedAtWallMs,
          },
    );

  /** Wall times that cannot be believed make a lease stale: then it is renewed before it is used. */
  const aged = (lease: Lease): Lease => {
    const now = readInstant(clock);
    return { ...lease, freshUntil: now, accessDeadline: now, renewAt: lease.renewAt && now };
  };

  const dropStored = async (): Promise<undefined> => {
    await stored?.clear();
    return undefined;
  };

  const fromStorage = async (now: Try): Promise<LoginGranted | undefined> => {
    const found = await stored?.load();
    if (!found) return undefined;
    const known = await recordBeside(found);
    const isNewest = known.epoch === found.lease.epoch && known.generation === found.lease.generation;
    if (known.who === null || !isNewest) return dropStored();
    const isDated = isTrustworthy(found, clock.wallMs(), known.highestWallMs);
    const entry = isDated ? found : { ...found, lease: aged(found.lease) };
    if (!now.right.commit(entry.tokens, entry.lease)) return undefined;
    now.right = vault.grant();
    tellUser(parts, entry.tokens);
    const isUsable = isFresh(entry.lease, readInstant(clock)) || isOver(known.lastActivityWallMs);
    const lease =
      isUsable || entry.tokens.refreshToken === undefined ? entry.lease : await renewStored(now, entry);
    return lease && now.right.stands ? granted(now.attempt, lease, false) : dropStored();
  };

  const forgetWho = (promptLogin: boolean): Promise<SessionRecord> =>
    record.update((known) => ({ ...known, who: null, promptLogin: known.promptLogin || promptLogin }));

  const inFrame = async (now: Try): Promise<LoginGranted | undefined> => {
    try {
      return await commitSignIn(now, await silent.askInPlace(), false);
    } catch (thrown) {
      if (toSessionError(thrown).code === 'interaction_required') await forgetWho(false);
      return undefined;
    }
  };

  const silently = async (now: Try): Promise<LoginGranted | undefined> => {
    const known = await record.read();
    if (known.who === null || known.promptLogin) return undefined;
    if (isOver(known.lastActivityWallMs)) return void (await forgetWho(true));
    if (silent.mode === 'frame') return inFrame(now);
    if (silent.mode !== 'redirect' || !redirects.once('silent')) return undefined;
    return leaveUnasked({ prompt: 'none' }, now, { silent: 'redirect' });
  };

  const finishRedirect = async (
    now: Try,
    { isSilent, finish }: { isSilent: boolean; finish(): Promise<TokenAnswer> },
  ): Promise<LoginGranted | undefined> => {
    try {
      return await commitSignIn(now, await finish(), !isSilent);
    } catch (thrown) {
      if (!isSilent) throw thrown;
      await forgetWho(false);
      return undefined;
    }
  };

  /** The same session started again (React StrictMode): its tokens are still here. */
  const fromVault = async ({ attempt }: Try): Promise<LoginGranted | undefined> => {
    const { lease } = vault;
    return lease && granted(attempt, lease, false);
  };

  const restore = async (now: Try): Promise<LoginGranted | undefined> => {
    const held = await fromVault(now);
    if (held) return held;
    const answer = redirects.answer();
    if (answer.kind === 'framed') return leaving();
    if (answer.kind === 'matched') return finishRedirect(now, answer);
    const found = (await fromStorage(now)) ?? (await silently(now));
    if (found || answer.kind === 'none' || !redirects.once('afresh')) return found;
    return leaveUnasked(await prompting({}), now, {});
  };

  const ways = { restore, interactive, rescue };
  return ({ kind, attempt, request }, isCurrent) =>
    ways[kind]({ attempt, isCurrent, right: vault.grant() }, request);
};
