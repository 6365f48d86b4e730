import { createActor } from 'xstate';
import { createSessionMachine, loginFrom, refreshFrom } from 'token-vigil/machine';

/**
 * The statechart by itself, with services of your own: two async functions that say what a token answer said about time.
 * The token strings stay in your code; the machine never sees one.
 */
export interface Backend {
  signIn(ticket: number | null): Promise<{ expiresInSeconds: number; refreshExpiresInSeconds: number }>;
  renew(): Promise<{ expiresInSeconds: number; refreshExpiresInSeconds: number }>;
}

const factsOf = (answer: Awaited<ReturnType<Backend['renew']>>) => ({
  expires_in: answer.expiresInSeconds,
  refresh_expires_in: answer.refreshExpiresInSeconds,
  renewable: true,
});

export const createOwnSession = (
  backend: Backend,
  seams: Parameters<typeof createSessionMachine>[0] = {},
) => {
  const machine = createSessionMachine(seams).provide({
    actors: {
      login: loginFrom(
        async ({ kind, ticket }) => (kind === 'interactive' ? factsOf(await backend.signIn(ticket)) : null),
        seams,
      ),
      refresh: refreshFrom(async () => factsOf(await backend.renew()), seams),
    },
  });
  return createActor(machine, { input: { idle: null } });
};
