import type { LoginGranted, LoginRequested } from '../../../machines/sessionEvents.ts';
import { SessionError } from '../../errors/sessionError.ts';
import type { StoredTokensStore } from '../../storage/storedTokens.ts';
import type { TokenSet } from '../../vault/vault.ts';
import type { Commit } from '../commit.ts';
import type { GrantDeps } from '../grantDeps.ts';
import type { Provider } from '../protocol/provider.ts';
import { revoke } from '../protocol/revocation.ts';
import type { TokenAnswer } from '../protocol/tokenAnswer.ts';
import { createAcceptance } from './acceptance.ts';
import { createAskTheUser } from './askTheUser.ts';
import type { Attempt } from './attempt.ts';
import { createDeparture } from './departure.ts';
import type { Redirects } from './redirects.ts';
import { createRestore } from './restore.ts';
import type { Silent } from './silent.ts';
import { createStoredSession } from './storedSession.ts';

/** `isCurrent`: whether no newer sign-in has begun. */
type Login = (request: LoginRequested, isCurrent: () => boolean) => Promise<LoginGranted | undefined>;

/** What the ways to be signed in have in common. */
interface LoginDeps {
  readonly commit: Commit;
  readonly redirects: Redirects;
  readonly silent: Silent;
  readonly stored: StoredTokensStore | undefined;
  renew(tokens: TokenSet): Promise<TokenAnswer>;
}

/** The three ways to be signed in: by the user, by what is still there, and by the provider's own session. */
export const createLogin = (provider: Provider, parts: GrantDeps, shared: LoginDeps): Login => {
  const { redirects, silent, stored } = shared;
  const acceptance = createAcceptance(provider, parts, shared);
  const departure = createDeparture(parts, redirects);
  const askTheUser = createAskTheUser(provider, parts, departure, redirects);
  const fromStorage = createStoredSession(stored, parts, shared);

  const interactive = async (by: Attempt, ticket: number | null): Promise<LoginGranted> => {
    const asked = (ticket !== null && parts.signIns.get(ticket)) || { options: {} };
    return acceptance.accept(by, await askTheUser(asked, by), true);
  };

  const rescue = async (by: Attempt): Promise<LoginGranted> => {
    const { who } = await parts.record.read();
    const answer = await silent.askInPlace();
    if (answer.claims?.sub === who) return acceptance.accept(by, answer, false);
    await revoke(provider, answer.tokens);
    throw new SessionError('interaction_required', 'Another user is signed in at the provider');
  };

  const ways = {
    restore: createRestore(parts, { acceptance, departure, redirects, silent, fromStorage }),
    interactive,
    rescue,
  };
  return ({ kind, attempt, ticket }, isCurrent) =>
    ways[kind]({ number: attempt, isCurrent, permit: parts.vault.permit() }, ticket);
};
