export { allCauses as causes } from './allCauses.ts';
export { causesByTheme } from './causesByTheme.ts';
export type { Cause } from './cause.ts';
export { explain } from './explain.ts';
export { explainError } from './explainError.ts';
export type { Certainty, RankedCause } from './explanation.ts';
export type {
  BodyEncoding,
  DpopProofShape,
  EndpointKind,
  FailedGrant,
  FieldShape,
  GrantAnswer,
  NoAnswer,
  RequestShape,
  ServerFindings,
  TokenShape,
} from './failedGrant.ts';
