import { type DemoApi, startApi } from './api.ts';
import { arrivalsOf } from './arrivals.ts';
import type { Backend } from './backend.ts';
import { preferring } from './http/preferring.ts';
import type { BackendReport, Trouble } from './pageSettings.ts';
import { type DemoProvider, startProvider } from './provider.ts';
import { demoUsers } from './provider/users.ts';

const hourSeconds = 60 * 60;

/** How long tokens live, and a user who is away. */
export interface DemoLives {
  readonly accessTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  readonly idleAfterSeconds: number;
  /** How long before the end of the session the user is warned. @default 20 */
  readonly warnBeforeSeconds?: number;
}

/** So short that a minute shows everything. */
const shortLives: DemoLives = { accessTokenSeconds: 12, refreshTokenSeconds: 45, idleAfterSeconds: 20 };

/** Starts the provider and the API in this process; the ports follow `port` where they are free. */
export async function startEmbeddedBackend(port: number, lives = shortLives): Promise<Backend> {
  const { idleAfterSeconds, warnBeforeSeconds = 20, ...tokens } = lives;
  // One site with the page: the provider's cookies then reach it in the hidden frame of a silent sign-in.
  const host = 'localhost';
  const next = (by: number) => (port === 0 ? 0 : port + by);
  const provider = await preferring(next(1), (free) => startProvider({ ...tokens, host, port: free }));
  const { issuer, jwks } = provider;
  const api = await preferring(next(2), (free) => startApi({ issuer, jwks, host, port: free, aheadMs }));

  return {
    issuer,
    clientId: provider.clients.demo.clientId,
    apiOrigin: api.origin,
    idle: { after: idleAfterSeconds * 1000, warnBefore: warnBeforeSeconds * 1000 },
    tokenLife: lives.accessTokenSeconds * 1000,
    users: demoUsers,
    make: troublesOf(provider, api),
    report: () => reportOf(provider, api),
    stop: async () => void (await Promise.all([api.stop(), provider.stop()])),
  };
}

/** Moving the provider's clock must not age the tokens it issued before, so the API judges each by the clock of then. */
function aheadMs(issuedAtSeconds: number): number {
  const isFromAhead = issuedAtSeconds - Date.now() / 1000 > hourSeconds / 2;
  return isFromAhead ? hourSeconds * 1000 : 0;
}

function troublesOf(provider: DemoProvider, api: DemoApi): Record<Trouble, () => void> {
  const { faults } = provider;
  return {
    unavailable: () => void (faults.token = { status: 503, count: 3 }),
    lostAnswer: () => void (faults.token = { drop: 'after', count: 1 }),
    refuse: () => api.refuseNext(1),
    revoke: () => provider.revokeAll(),
    endSignIn: () => (provider.revokeAll(), provider.endSessions()),
    skew: () => void (faults.skewSeconds = faults.skewSeconds ? 0 : hourSeconds),
  };
}

function reportOf({ faults, log }: DemoProvider, { ledger }: DemoApi): BackendReport {
  return {
    ...arrivalsOf(ledger),
    renewals: log.count('refresh_token'),
    faultsLeft: faults.token?.count ?? 0,
    skewSeconds: faults.skewSeconds,
  };
}
