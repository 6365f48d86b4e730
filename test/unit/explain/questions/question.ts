import type { EndpointKind } from '../../../../src/explain/failedGrant.ts';

/** A question that somebody asked in public, and what its answer says. */
export interface Question {
  readonly id: string;
  /** Where it was asked, or retold. */
  readonly source: string;
  /** Whose server refused. */
  readonly provider: string;
  /** What was shown. `«{…}»` stands for a token with these claims, whose times count from now. */
  readonly paste: string;
  /** What was told beside it. */
  readonly args?: readonly string[];
  readonly truth: Truth;
  /**
   * Whether what is shown can tell the cause.
   * @default true
   */
  readonly canBeTold?: boolean;
  /** The answer, one sentence. */
  readonly why: string;
}

interface Truth {
  /** Ids of causes that would be right; where there is no such cause yet, an id that says what it is. */
  readonly causes: readonly string[];
  /** `gateway`: something in front of an API. */
  readonly endpoint: EndpointKind | 'gateway';
}
