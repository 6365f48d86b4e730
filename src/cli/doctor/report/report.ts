import type { RankedCause } from '../../../explain/explanation.ts';
import type { EndpointKind, FailedGrant } from '../../../explain/failedGrant.ts';
import type { Asked } from '../network/createAsk.ts';
import type { Verdict } from '../verdict.ts';

/** Everything that is told, whatever the form. */
export interface Report {
  readonly verdict: Verdict;
  /** What the request is addressed to. Absent: there is no request. */
  readonly endpoint: EndpointKind | undefined;
  readonly causes: readonly RankedCause[];
  readonly failure: FailedGrant;
  readonly asked: readonly Asked[];
  readonly notes: readonly string[];
  /** The corrected request as a curl command without secrets. */
  readonly corrected: string | undefined;
}
