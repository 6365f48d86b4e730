/** How much the evidence shows. */
export type Certainty =
  /** Nothing else explains what was seen. */
  | 'shown'
  /** What was seen points to this cause, but does not exclude others. */
  | 'likely'
  /** Nothing that was seen contradicts it. */
  | 'possible';

/** One cause that fits, the most likely first. */
export interface RankedCause {
  /** Stable, kebab-case. */
  readonly id: string;
  /** What is wrong, one line. */
  readonly title: string;
  readonly certainty: Certainty;
  /** What was seen that supports it, one sentence each. */
  readonly evidence: readonly string[];
  /** What to change. */
  readonly remedy: string;
  /** How to check it. */
  readonly check: string;
  /** The command that prints all that is known of it: `npx token-vigil cause client-id-missing`. */
  readonly docs: string;
}
