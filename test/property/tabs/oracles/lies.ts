import type { IssuedRefresh, Mint } from '../../model/mint.ts';
import type { Life } from '../life.ts';
import type { SessionRecord } from '../subject.ts';

/** Of which sign-in tokens are, and which set of it. */
export type Counts = Pick<SessionRecord, 'epoch' | 'generation'>;

/** Tokens in a message. */
export interface Posted {
  readonly tokens: { readonly refreshToken?: string };
  readonly lease: Counts;
}

interface Claim extends Counts {
  readonly issued: IssuedRefresh | undefined;
}

const isSame = (a: Claim, b: Claim): boolean =>
  a.issued === b.issued && a.epoch === b.epoch && a.generation === b.generation;

/**
 * Tokens that another script of the origin gives out as those of a later generation. No tab can tell: the numbers that the record
 * shows are no secret, and whoever has the tokens needs no tab to spend them.
 */
export const createLies = ({ refresh }: Pick<Mint, 'refresh'>) => {
  const lies: Claim[] = [];
  const heard = new Map<Life, Claim[]>();

  const claimOf = ({ tokens }: Posted, { epoch, generation }: Counts): Claim => ({
    issued: refresh.get(tokens.refreshToken ?? ''),
    epoch,
    generation,
  });

  return {
    /** These are given out as those of other numbers. */
    tell(posted: Posted, as: Counts): void {
      const claim = claimOf(posted, as);
      if (!isSame(claim, claimOf(posted, posted.lease))) lies.push(claim);
    },
    /** From whomever: a tab that believes them hands them on under the same numbers. */
    onHeard(life: Life, message: unknown): void {
      const { shared } = Object(message) as { shared?: Posted };
      if (!shared?.tokens) return;
      const claim = claimOf(shared, shared.lease);
      if (lies.some((lie) => isSame(lie, claim))) heard.set(life, [...(heard.get(life) ?? []), claim]);
    },
    /** Whether this tab was told that this token is of that generation, and it is not. */
    isDeceived: (life: Life, issued: IssuedRefresh, { epoch, generation }: Counts): boolean =>
      heard.get(life)?.some((claim) => isSame(claim, { issued, epoch, generation })) ?? false,
  };
};
