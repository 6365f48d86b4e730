import type { Bearer } from '../vault/vault.ts';

/** What the gate knows of origins that answered 401. The session does not: a 401 is one API's opinion. */
export interface Refusals {
  /** Whether this origin refused this bearer, and is believed. */
  refuses(origin: string, bearer: Bearer): boolean;
  /** Whether this origin refused a renewed bearer too: its 401s say nothing about tokens. */
  isDistrusted(origin: string, bearer: Bearer): boolean;
  /** This origin answered 401; answers whether it is believed. */
  note(origin: string, bearer: Bearer): boolean;
  /** This origin answered anything else. */
  clear(origin: string, bearer: Bearer): void;
}

interface Refusal {
  readonly epoch: number;
  readonly generation: number;
  readonly isBelieved: boolean;
}

/** No refusals. */
export const createRefusals = (): Refusals => {
  const refusals = new Map<string, Refusal>();

  /** Knowledge ends with its epoch. */
  const known = (origin: string, { epoch }: Bearer): Refusal | undefined => {
    const refusal = refusals.get(origin);
    return refusal?.epoch === epoch ? refusal : undefined;
  };

  return {
    refuses(origin, bearer) {
      const refusal = known(origin, bearer);
      return !!refusal?.isBelieved && bearer.generation <= refusal.generation;
    },
    isDistrusted: (origin, bearer) => known(origin, bearer)?.isBelieved === false,
    note(origin, bearer) {
      const { epoch, generation } = bearer;
      const isBelieved = generation <= (known(origin, bearer)?.generation ?? generation);
      refusals.set(origin, { epoch, generation, isBelieved });
      return isBelieved;
    },
    clear(origin, bearer) {
      const refusal = known(origin, bearer);
      // A late answer to an older token says nothing about the one that was refused.
      if (refusal && bearer.generation >= refusal.generation) refusals.delete(origin);
    },
  };
};
