import { type DemoApi, startApi } from './api.ts';
import { arrivalsOf } from './arrivals.ts';
import type { Backend } from './backend.ts';
import { preferring } from './http/preferring.ts';
import { findRealm } from './keycloak/findRealm.ts';
import type { BackendReport } from './pageSettings.ts';
import { demoUsers } from './provider/users.ts';

const clientId = 'demo';

/** Puts the API beside a Keycloak with the realm of `docs/keycloak/demo-realm.json`; `port` as for the embedded one. */
export async function startKeycloakBackend(address: string, port: number): Promise<Backend> {
  const { issuer, jwks, adminConsole, isDemo } = await findRealm(address, clientId);
  const options = { issuer, jwks, host: 'localhost' } as const;
  const api = await preferring(port === 0 ? 0 : port + 2, (free) => startApi({ ...options, port: free }));

  return {
    issuer,
    clientId,
    apiOrigin: api.origin,
    idle: { after: 20_000, warnBefore: 20_000 },
    users: isDemo ? demoUsers : [],
    adminConsole,
    make: { refuse: () => api.refuseNext(1) },
    report: () => reportOf(api),
    stop: () => api.stop(),
  };
}

function reportOf({ ledger }: DemoApi): BackendReport {
  return { ...arrivalsOf(ledger), renewals: 0, faultsLeft: 0, skewSeconds: 0 };
}
