import type { JSONWebKeySet } from 'jose';
import { startProvider } from '../provider.ts';
import type { Faults } from '../provider/faults.ts';
import type { StoryLives } from './lives.ts';

/** The provider of the story. */
export interface StoryProvider {
  readonly issuer: string;
  readonly jwks: JSONWebKeySet | URL;
  readonly clientId: string;
  /** What token requests meet. */
  readonly faults: Pick<Faults, 'token'>;
  /** How the session reaches it. */
  readonly fetch: typeof fetch;
  /** How often it was asked for a renewal. */
  renewals(): number;
  stop(): Promise<void>;
}

/** Starts one in this process. */
export async function startEmbedded({
  accessTokenSeconds,
  refreshTokenSeconds,
}: StoryLives): Promise<StoryProvider> {
  const provider = await startProvider({ accessTokenSeconds, refreshTokenSeconds });
  const { issuer, jwks, clients, faults, log, stop } = provider;
  const { clientId } = clients.demo;
  return { issuer, jwks, clientId, faults, fetch, stop, renewals: () => log.count('refresh_token') };
}
