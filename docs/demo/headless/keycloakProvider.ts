import { findRealm } from '../keycloak/findRealm.ts';
import { createFaults, type Faults, takeFault } from '../provider/faults.ts';
import type { StoryProvider } from './storyProvider.ts';

const clientId = 'demo-headless';

/** A Keycloak with the demo's realm. It is not ours to break: what goes wrong happens on the way to it. */
export async function findKeycloak(address: string): Promise<StoryProvider> {
  const { issuer, jwks } = await findRealm(address, clientId);
  const faults = createFaults();
  let renewals = 0;

  async function onTheWay(...call: Parameters<typeof fetch>): Promise<Response> {
    const request = new Request(...call);
    const grant = await grantIn(request.clone());
    if (grant === 'refresh_token') renewals += 1;
    return grant === undefined ? fetch(request) : unlessBroken(faults, request);
  }

  return {
    issuer,
    jwks,
    clientId,
    faults,
    fetch: onTheWay,
    renewals: () => renewals,
    stop: async () => {},
  };
}

async function grantIn(request: Request): Promise<string | undefined> {
  if (!request.url.endsWith('/protocol/openid-connect/token')) return undefined;
  return new URLSearchParams(await request.text()).get('grant_type') ?? undefined;
}

async function unlessBroken(faults: Faults, request: Request): Promise<Response> {
  const { status, before } = takeFault(faults);
  if (status !== undefined) return Response.json({ error: 'temporarily_unavailable' }, { status });
  await before?.();
  return fetch(request);
}
