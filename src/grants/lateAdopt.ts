import { inTurn } from '../time/inTurn.ts';
import { settleWithin } from '../time/settleWithin.ts';
import type { Adopt } from './adopt.ts';
import type { GrantDeps } from './grantDeps.ts';
import type { LoadOptional } from './loadOptional.ts';
import { toSessionError } from './protocol/toSessionError.ts';

/** Adoption, whose code is loaded when it is first needed. */
export interface LateAdopt {
  readonly adopt: Adopt;
  /** Loads it ahead. */
  load(): Promise<Adopt>;
}

export const createLateAdopt = (
  {
    clock,
    flights,
    options,
    loadOptional,
  }: Pick<GrantDeps, 'clock' | 'flights' | 'options' | 'loadOptional'>,
  create: (parts: Awaited<ReturnType<LoadOptional>>) => Promise<Adopt>,
): LateAdopt => {
  let adopt: Adopt | undefined;
  let loading: Promise<Adopt> | undefined;

  /** Code that never comes holds back no renewal: once it has not come in time, nobody waits until it is there. */
  const load = (): Promise<Adopt> => {
    if (loading) return loading;
    const loaded = loadOptional().then(create);
    loading = settleWithin(clock, options.tokenTimeout, loaded);
    loaded.then(
      (made) => (loading = Promise.resolve((adopt = made))),
      () => (loading = undefined),
    );
    return loading;
  };

  return {
    load,
    // A renewal waits for it, and it waits for no renewal, which may be the one that has brought it.
    adopt(...of) {
      const take = async (): Promise<boolean> => (adopt ?? (await load()))(...of);
      // Another user's tokens end the session in the turn in which they are found, wherever that is possible.
      const begun = flights.adoption ? undefined : take();
      const limited = (): Promise<boolean> => settleWithin(clock, options.tokenTimeout, begun ?? take());
      return inTurn(flights, 'adoption', limited).catch((thrown: unknown) => {
        throw toSessionError(thrown);
      });
    },
  };
};
