import type { Limits } from '../../cliIo.ts';
import { issuerNearby } from '../issuers.ts';
import { askDiscovery, type DiscoveryReply } from './askDiscovery.ts';
import type { Ask } from './createAsk.ts';

/** The discovery document, and where else it is if not there. */
export interface Discovered extends DiscoveryReply {
  readonly nearby: string | undefined;
}

/** Asks for the discovery document of an issuer, then of the same with `/auth` put in or taken out. */
export const discover = async (ask: Ask, issuer: string, { discoveryMs }: Limits): Promise<Discovered> => {
  const found = await askDiscovery(ask, issuer, discoveryMs);
  const nearby = found.discovery.isMetadata || found.reply.noAnswer ? undefined : issuerNearby(issuer);
  if (nearby === undefined) return { ...found, nearby };
  const { discovery } = await askDiscovery(ask, nearby, discoveryMs);
  return { ...found, nearby: discovery.isMetadata ? nearby : undefined };
};
