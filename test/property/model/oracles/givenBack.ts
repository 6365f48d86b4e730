import type { Family } from '../mint.ts';
import { type Stage, subOf } from '../stage.ts';
import { type Disk, seenOf, whoIn } from '../subject.ts';

/** Invariant 6: what comes too late to be anybody's session is given back, unless the same user is signed in. */
export const createGivenBack = (stage: Stage, disk: Disk) => {
  const owed = new Set<Family>();
  /** Who has been signed in here: tokens of anybody else are dropped, not given back. */
  const known = new Set<string>();

  /** A record without a name is of a sign-in that did not say who; the next answer that does names it. */
  const isElsewhere = ({ sub }: Family): boolean =>
    disk.content !== undefined && whoIn(disk) !== sub && whoIn(disk) !== '';

  return {
    /** The tokens of a sign-in that was given up have reached the page. */
    onCancelled: (family: Family): void => void owed.add(family),
    onRenewal(from: Family, to: Family): void {
      const { epoch, isRestoring } = seenOf(stage.session);
      const isOver = epoch === undefined && !isRestoring && !stage.isStopped;
      if (known.has(to.sub) && from === to && (isOver || (epoch !== undefined && isElsewhere(to))))
        owed.add(to);
    },
    /** What a page that is left owes nobody can do any more. */
    forget: (): void => owed.clear(),
    look(): void {
      const sub = subOf(stage);
      if (sub) known.add(sub);
      for (const family of owed) {
        const isSame = family.sub === sub || (disk.content !== undefined && whoIn(disk) === family.sub);
        if (isSame || family.isGivenBack) owed.delete(family);
      }
    },
    finish(): void {
      for (const { sub } of owed) stage.violate(`6: a late answer was not given back: tokens of ${sub}`);
    },
  };
};
