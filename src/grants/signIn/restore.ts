import type { Lease } from '../../../machines/lease.ts';
import type { LoginGranted } from '../../../machines/sessionEvents.ts';
import type { GrantDeps } from '../grantDeps.ts';
import { toSessionError } from '../protocol/toSessionError.ts';
import type { TokenAnswer } from '../protocol/tokenAnswer.ts';
import type { Acceptance } from './acceptance.ts';
import type { Attempt } from './attempt.ts';
import { type Departure, leaving } from './departure.ts';
import { isOver } from './isOver.ts';
import { prompting } from './prompting.ts';
import type { Redirects } from './redirects.ts';
import type { Silent } from './silent.ts';

/** What restoring goes by. */
interface RestoreDeps {
  readonly acceptance: Acceptance;
  readonly departure: Departure;
  readonly redirects: Redirects;
  readonly silent: Silent;
  /** The session of the app's storage. */
  fromStorage(by: Attempt): Promise<Lease | undefined>;
}

/** Finds out who is signed in without asking the user: this page itself, the provider's answer in its URL, storage, the provider. */
export const createRestore = (
  { vault, record, onError, ...parts }: GrantDeps,
  {
    acceptance: { accept, granted },
    departure: { leaveUnasked },
    redirects,
    silent,
    fromStorage,
  }: RestoreDeps,
) => {
  const forgetWho = (promptLogin: boolean) =>
    record.update((known) => ({ ...known, who: null, promptLogin: known.promptLogin || promptLogin }));

  /** Where the provider asks for the user nobody is signed in; a dead network, say, tells nothing of that. */
  const giveUp = async (thrown: unknown): Promise<undefined> => {
    const error = toSessionError(thrown);
    if (error.code === 'interaction_required') await forgetWho(false);
    else if (error.code !== 'sign_in_cancelled') onError(error);
  };

  const silently = async (by: Attempt): Promise<LoginGranted | undefined> => {
    const known = await record.read();
    if (known.who === null || known.promptLogin) return undefined;
    if (isOver(known, parts)) return void (await forgetWho(true));
    if (silent.mode === 'frame') return accept(by, await silent.askInPlace(), false);
    if (silent.mode !== 'redirect' || !redirects.once('silent')) return undefined;
    return leaveUnasked({ prompt: 'none' }, by, { silent: 'redirect' });
  };

  const finished = async (
    by: Attempt,
    { isSilent, finish }: { isSilent: boolean; finish(): Promise<TokenAnswer> },
  ): Promise<LoginGranted | undefined> => {
    const done = finish().then((answer) => accept(by, answer, !isSilent));
    return isSilent ? done.catch(giveUp) : done;
  };

  return async (by: Attempt): Promise<LoginGranted | undefined> => {
    // The same session started again (React StrictMode): its tokens are still here.
    if (vault.lease) return granted(by, vault.lease, false);
    const answer = redirects.answer();
    if (answer.kind === 'framed') return leaving();
    if (answer.kind === 'matched') return finished(by, answer);
    const stored = await fromStorage(by);
    if (stored) return granted(by, stored, false);
    const found = await silently(by).catch(giveUp);
    if (found || answer.kind === 'none' || !redirects.once('afresh')) return found;
    return leaveUnasked(prompting({}, await record.read()), by);
  };
};
