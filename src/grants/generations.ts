import type { Lease } from '../../machines/lease.ts';
import { sameTokens } from '../../machines/sameTokens.ts';
import type { SessionRecord } from '../record/sessionRecord.ts';
import type { Vault } from '../vault/vault.ts';
import type { Arrival } from './arrival.ts';
import type { Flights } from './flights.ts';
import type { Marks } from './tabs/marks.ts';

/** What a token set is numbered by. */
type Counts = Pick<Lease, 'epoch' | 'generation'>;

/** What the record shows of the token sets of its epoch. */
type Counted = Pick<SessionRecord, 'generation' | 'mark'>;

/** How token sets are counted, and whether those that arrive are still in step with the record. */
export interface Generations {
  /** For the record, of a sign-in; `isSame`: as whoever is signed in. */
  afterSignIn(known: SessionRecord, isSame: boolean): Counted;
  /** For the record, of a renewal. */
  afterRenewal(known: SessionRecord, arrival: Arrival): Counted;
  /** For the tokens of a sign-in that the record shows. */
  ofSignIn(known: SessionRecord): Counts;
  /** For the tokens of a renewal that the record shows. */
  ofRenewal(known: SessionRecord): Counts;
  /** Whether another tab has renewed since these were asked for. */
  hasMoved(known: SessionRecord, arrival: Arrival): boolean;
  /** Whether tokens that a backend sent along can be joined to the refresh token at hand. */
  isInStep(known: SessionRecord, held: Lease, arrival: Arrival): boolean;
}

/** What {@link Generations} go by. */
export interface GenerationDeps {
  readonly vault: Pick<Vault, 'lease'>;
  readonly flights: Pick<Flights, 'last'>;
  readonly marks: Pick<Marks, 'isOurs'>;
}

const nextAfter = ({ generation }: SessionRecord, { vault }: GenerationDeps): number =>
  Math.max(generation, vault.lease()?.generation ?? 0) + 1;

/** The record counts the token sets of all tabs, and shows whose refresh token is being spent. */
export const sharedGenerations = (deps: GenerationDeps): Generations => ({
  afterSignIn: ({ generation }, isSame) => ({ generation: isSame ? generation + 1 : 1, mark: null }),
  afterRenewal: (known, { by, answer }) => ({
    // It stands for the refresh token, and a backend can have sent none.
    mark: by === 'adoption' && answer.tokens.refreshToken === undefined ? known.mark : null,
    generation: nextAfter(known, deps),
  }),
  ofSignIn: (known) => known,
  ofRenewal: (known) => known,
  hasMoved({ epoch, generation }, { since = generation }) {
    const held = deps.vault.lease();
    // What this tab has adopted meanwhile, it knows itself.
    return generation !== since && !sameTokens(held, { epoch, generation });
  },
  isInStep: ({ generation, mark }, held, { by, answer }) =>
    by !== 'adoption' ||
    answer.tokens.refreshToken !== undefined ||
    // Another tab has not spent it, and is not about to.
    (generation === held.generation && (mark === null || deps.marks.isOurs(mark))),
});

/** `tabs: false`: a tab by itself counts its own, and leaves what the record shows to the others. */
export const ownGenerations = (deps: GenerationDeps): Generations => ({
  afterSignIn: ({ generation, mark }, isSame) =>
    isSame ? { generation, mark } : { generation: 1, mark: null },
  afterRenewal: ({ generation, mark }) => ({ generation, mark }),
  ofSignIn({ epoch, generation }) {
    const { last } = deps.flights;
    return {
      epoch,
      generation: last?.epoch === epoch ? Math.max(generation, last.generation + 1) : generation,
    };
  },
  ofRenewal: (known) => ({ epoch: known.epoch, generation: nextAfter(known, deps) }),
  hasMoved: () => false,
  isInStep: () => true,
});
