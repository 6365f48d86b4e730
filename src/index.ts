export { createSession } from './session/createSession.ts';
export type {
  AdoptOptions,
  Session,
  SessionActor,
  SessionMachine,
  SessionSnapshot,
} from './session/session.ts';
export type { Stop } from './time/stop.ts';
export {
  loadingView,
  type SessionState,
  type SessionStatus,
  type SessionView,
} from './session/sessionView.ts';
export type { Selection } from './session/selection.ts';
export type { RemainingOf } from './session/remainingOf.ts';
export type { Register, RegisteredUser } from './session/register.ts';
export type { Inspector } from './session/inspectors.ts';
export type { IdleOptions, SessionOptions } from './session/sessionOptions.ts';
export type { IdleRequests } from './gate/admission.ts';
export type { SignedOutRequests } from './gate/passage.ts';
export type { AdmissionRequest, Admit, Admitted } from './gate/door.ts';
export type { TabMessageEvent } from './tabs/tabMessageEvent.ts';
export type { RequestEvent } from './gate/requestEvent.ts';
export type { RequestObserver } from './gate/requestEvents.ts';
export type { ApiAnswer } from './gate/apiAnswer.ts';
export type {
  CustomGrants,
  Endpoints,
  GrantOptions,
  ReturnListener,
  SilentMode,
} from './grants/grantOptions.ts';
export type { SignInOptions, SignOutOptions } from './grants/signInOptions.ts';
export type { OwnTokenResponse, TokenRefusal, TokenResponse } from './grants/tokenResponse.ts';
export type { IdTokenClaims, UserMapper, UserSource } from './claims/user.ts';
export {
  SessionError,
  type SessionErrorCode,
  type SessionErrorDetails,
  isSessionError,
} from './errors/sessionError.ts';
export type { ActivitySource } from './activity/activitySource.ts';
export type { TokenStorage } from './storage/tokenStorage.ts';
export { memoryStorage } from './storage/memoryStorage.ts';
export { webStorage } from './storage/webStorage.ts';
export { type Clock, type Instant, type Milliseconds, systemClock } from './time/clock.ts';
export type { Deadline } from './time/deadline.ts';
export type { ExpiredReason, Failure, FailureClass, SessionContext } from '../machines/sessionContext.ts';
export type { SessionFact } from '../machines/sessionEvents.ts';
