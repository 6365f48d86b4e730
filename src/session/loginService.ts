import { failureOf } from '../../machines/failureOf.ts';
import type { LoginFailed, LoginGranted, LoginRequested } from '../../machines/sessionEvents.ts';
import type { SessionError } from '../errors/sessionError.ts';
import type { Grants } from '../grants/createGrants.ts';
import type { Attempt } from '../grants/signIn/attempt.ts';
import type { Vault } from '../vault/vault.ts';
import type { Endings } from './endings.ts';
import type { Identity } from './identity.ts';
import type { SessionServices } from './machineServices.ts';
import type { Tickets } from './tickets.ts';

/** What signing in works with. */
export interface LoginServiceDeps {
  readonly vault: Vault;
  readonly tickets: Pick<Tickets, 'find' | 'onClosed'>;
  /** The second chunk; rejects with `code_not_loaded`. */
  grants(): Promise<Grants>;
  readonly identity: Pick<Identity<unknown>, 'noteError'>;
  readonly endings: Pick<Endings, 'hear' | 'heard'>;
}

interface Running {
  readonly request: LoginRequested;
  /** Nothing more happens of it. What a restore has under way is kept all the same: a new start finds it. */
  giveUp(): void;
}

/** The second chunk is not there. */
export const codeNotLoaded = failureOf('transient', 'code_not_loaded');

/**
 * The login service. What fills the vault is decided in the turn in which the request arrives: the permit is taken before
 * anything is awaited, and a call that was given up, or a stop, voids it.
 */
export const createLoginService = ({
  vault,
  tickets,
  grants,
  identity,
  endings,
}: LoginServiceDeps): SessionServices['login'] => {
  const permitFor = {
    restore: vault.permitRestore,
    interactive: vault.permitSignIn,
    rescue: vault.permitRenewal,
  };

  const notLoaded = (request: LoginRequested, { ticket }: Attempt, error: SessionError): LoginFailed => {
    ticket?.settle(error);
    identity.noteError(error);
    return { type: 'login.failed', attempt: request.attempt, failure: codeNotLoaded };
  };

  return (receive, tell) => {
    const running = new Set<Running>();

    const begin = async (request: LoginRequested): Promise<LoginGranted | LoginFailed> => {
      const ticket = tickets.find(request.ticket);
      // Whoever asked for it has given it up while another one was under way.
      if (request.ticket !== null && !ticket)
        return { type: 'login.failed', attempt: request.attempt, failure: null };
      const controller = new AbortController();
      const attempt: Attempt = {
        number: request.attempt,
        permit: permitFor[request.kind](),
        signal: controller.signal,
        ticket,
      };
      const mine: Running = {
        request,
        giveUp() {
          controller.abort();
          if (request.kind === 'interactive') attempt.permit.revoke();
        },
      };
      running.add(mine);
      return grants()
        .then(
          ({ login }) => login(request, attempt),
          (error: SessionError) => notLoaded(request, attempt, error),
        )
        .finally(() => running.delete(mine));
    };

    const answer = async (request: LoginRequested): Promise<void> => {
      const outcome = await begin(request);
      if (outcome.type === 'login.failed') return tell(outcome);
      const lease = vault.lease();
      if (lease?.epoch === outcome.lease.epoch) {
        endings.hear(lease.epoch);
        return tell({ ...outcome, lease });
      }
      // Somebody else's tokens have emptied the vault since. The machine took no note of that, since it did not know the
      // epoch yet; whoever it still shows is gone as well.
      if (!lease && endings.heard !== undefined) tell({ type: 'user.switched', epoch: endings.heard });
      tell({ type: 'login.failed', attempt: outcome.attempt, failure: null });
    };

    receive((request) => void answer(request));
    tickets.onClosed((number) => {
      for (const { request, giveUp } of running) if (request.ticket === number) giveUp();
    });
    return () => running.forEach(({ giveUp }) => giveUp());
  };
};
