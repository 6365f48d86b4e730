/** How much the evidence shows. */
export type Certainty =
  /** Nothing else explains what was seen. */
  | 'shown'
  /** What was seen points here; others are not excluded. */
  | 'likely'
  /** Nothing that was seen speaks against it. */
  | 'possible';

/** One cause that fits, the likeliest first. */
export interface RankedCause {
  /** Stable, kebab-case: the heading in the page of causes. */
  readonly id: string;
  /** What is wrong, one line. */
  readonly title: string;
  readonly certainty: Certainty;
  /** What was seen that speaks for it, a sentence each. */
  readonly evidence: readonly string[];
  /** What to change. */
  readonly remedy: string;
  /** What would settle it. */
  readonly check: string;
}
