export { createSessionMachine } from './standaloneMachine.ts';
export type { MachineSeams, System } from './sessionMachine.ts';
export { serviceFrom } from './serviceFrom.ts';
export { type OwnTokens, loginFrom, refreshFrom } from './services.ts';
export { isFresh } from './freshness.ts';
export { type Lease, type TokenFacts, leaseFrom, marginOf } from './lease.ts';
export { type LeaseTerms, defaultLeaseTerms } from './leaseTerms.ts';
export {
  type ExpiredReason,
  type Failure,
  type FailureClass,
  type IdleSettings,
  type LoginKind,
  type MachineSettings,
  type SessionContext,
  defaultMachineSettings,
} from './sessionContext.ts';
export type {
  AlarmSet,
  LoginFailed,
  LoginGranted,
  LoginRequested,
  RecordLoaded,
  RecordRequested,
  RefreshFailed,
  RefreshGranted,
  RefreshRequested,
  SessionEvent,
  SessionFact,
} from './sessionEvents.ts';
