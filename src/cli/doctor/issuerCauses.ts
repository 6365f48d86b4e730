import { docsOf } from '../../explain/docsOf.ts';
import type { RankedCause } from '../../explain/explanation.ts';
import type { ServerFindings } from '../../explain/failedGrant.ts';

/** Entra's `common` states `…/{tenantid}/v2.0`, which stands for that of each tenant. */
const isTemplate = (issuer: string): boolean => /\{\w+\}/.test(issuer);

/** An issuer is compared letter by letter (OpenID Connect Discovery 1.0 §4.3): libraries refuse any other. */
export const issuerCauses = (
  issuer: string | undefined,
  discovery: ServerFindings['discovery'],
): readonly RankedCause[] => {
  const stated = discovery?.issuer;
  if (issuer === undefined || stated === undefined || stated === issuer || isTemplate(stated)) return [];
  return [
    {
      id: 'issuer-differs',
      title: 'The issuer is not the one that the server states',
      certainty: 'shown',
      evidence: [`You said ${issuer}.`, `Its discovery document states ${stated}.`],
      remedy: `Configure the issuer as the server states it, to the letter: ${stated}`,
      check: `Run this again with --issuer ${stated}`,
      docs: docsOf('issuer-differs'),
    },
  ];
};
