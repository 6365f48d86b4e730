'use client';

export { SessionProvider, type SessionProviderProps } from './SessionProvider.ts';
export { type OfSession, useSession } from './useSession.ts';
export { useStatus } from './useStatus.ts';
export { useUser } from './useUser.ts';
export { useSessionValue } from './useSessionValue.ts';
export { useRemaining } from './useRemaining.ts';
export { type IdleWarning, useIdleWarning } from './useIdleWarning.ts';
export { useEnded } from './useEnded.ts';
export { SignedIn, type SignedInProps } from './SignedIn.ts';
export { RequireUser, type RequireUserProps } from './RequireUser.ts';
export type { Ended } from '../ui/ended.ts';
