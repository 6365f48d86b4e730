import type { DpopProofShape } from '../../explain/failedGrant.ts';
import { addressShown } from './addressShown.ts';
import { decodedPart } from './decodedPart.ts';
import type { Show } from './showFor.ts';
import { withoutUnknown } from './withoutUnknown.ts';

/** What a `DPoP` proof shows of itself (RFC 9449 §4.2); a proof that cannot be read shows nothing. */
export const dpopProofShapeOf = (proof: string, show: Show): DpopProofShape => {
  const [head, payload] = proof.trim().split('.');
  const { alg, jwk } = decodedPart(head) ?? {};
  const { htm, htu, iat } = decodedPart(payload) ?? {};
  const text = (value: unknown) => (typeof value === 'string' ? show(value) : undefined);
  return withoutUnknown<DpopProofShape>({
    method: text(htm),
    url: typeof htu === 'string' ? addressShown(htu, show) : undefined,
    algorithm: text(alg),
    issuedAtSeconds: typeof iat === 'number' && Number.isFinite(iat) ? iat : undefined,
    hasKey: jwk !== undefined,
  });
};
