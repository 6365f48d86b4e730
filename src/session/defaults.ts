import { defaultLeaseTerms } from '../../machines/leaseTerms.ts';
import { defaultMachineSettings } from '../../machines/sessionContext.ts';
import type { SessionOptions } from './sessionOptions.ts';

/** What `createSession` goes by where the app says nothing. */
export const defaults = {
  tokenOrigins: 'self',
  idle: {
    warnBefore: defaultMachineSettings.idle!.warnBeforeMs,
    confirm: defaultMachineSettings.idle!.confirm,
    requests: 'reject',
    rotatingDisplay: false,
  },
  signedOut: { requests: 'reject' },
  activity: [],
  tabs: true,
  waitTimeout: 8000,
  clientAuthentication: 'client_secret_basic',
  scope: 'openid profile',
  askUserWith: { max_age: 0 },
  validateIdTokenSignature: false,
  maxRenewAhead: defaultLeaseTerms.maxRenewAheadMs,
  defaultTokenLifetime: defaultLeaseTerms.defaultTokenLifetimeMs,
  tokenTimeout: 10_000,
  allowInsecureRequests: false,
} as const satisfies Partial<SessionOptions>;
