export { createSessionMachine, type MachineSeams } from './sessionMachine.ts';
export { loginFrom, refreshFrom, serviceFrom } from './services.ts';
export {
  type Lease,
  type LeaseTerms,
  type TokenFacts,
  defaultLeaseTerms,
  isFresh,
  leaseFrom,
  marginOf,
} from './lease.ts';
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
  RecordLooked,
  RecordRequested,
  RefreshFailed,
  RefreshGranted,
  RefreshRequested,
  SessionEvent,
  SessionFact,
} from './sessionEvents.ts';
