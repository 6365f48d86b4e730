import type { SessionContext } from '../../machines/sessionContext.ts';
import type { Instant } from '../time/clock.ts';
import { afterMicroStep, type Base } from './backlog.ts';
import { whyTaken } from './guardWords.ts';
import type { MicroStep } from './inspectEntry.ts';

/** An edge that was taken, and why. */
export interface Taken {
  /** Such as `authenticated--due`. */
  readonly edge: string;
  readonly from: string;
  readonly to: string;
  readonly at: Instant;
  readonly why: string;
}

/** The edges that a step of the machine has taken, in their order. */
export const edgesIn = (before: Base, micro: readonly MicroStep[], at: Instant): readonly Taken[] => {
  const edges: Taken[] = [];
  const judged = (current: Base, step: MicroStep): Base => {
    const { edge, state: to, changed } = step;
    if (edge) edges.push({ edge, from: current.state, to, at, why: why(edge, current.context, changed) });
    return afterMicroStep(current, step);
  };
  micro.reduce(judged, before);
  return edges;
};

const why = (edge: string, context: SessionContext, changed: Partial<SessionContext>): string =>
  whyTaken(edge, context, changed.reason ?? null);
