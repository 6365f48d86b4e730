import type { Clue } from '../cause.ts';
import { parseUrl } from '../../url/parseUrl.ts';
import type { Facts } from '../facts.ts';
import { clue } from './clue.ts';
import { inWords } from './inWords.ts';

export const boundToKey: Clue = clue(
  ({ refreshToken, request }) =>
    refreshToken?.boundTo === 'key' && !request?.isSketch && request?.dpopProof === undefined,
  'The token is bound to a key, and the request has no `DPoP` header.',
);

export const boundToCertificate: Clue = clue(
  ({ refreshToken }) => refreshToken?.boundTo === 'certificate',
  'The token is bound to a certificate.',
);

/** How far a proof's time is from the server's. */
const proofLag = ({ request, serverNowSeconds }: Facts): number | undefined => {
  const issued = request?.dpopProof?.issuedAtSeconds;
  return issued === undefined || serverNowSeconds === undefined
    ? undefined
    : Math.abs(serverNowSeconds - issued);
};

export const proofOutOfTime: Clue = clue(
  (facts) => (proofLag(facts) ?? 0) > 25,
  (facts) => `The proof is ${inWords(proofLag(facts) ?? 0)} off the server's clock.`,
);

const withoutQuery = (url: URL | undefined): string | undefined => url && url.origin + url.pathname;

export const proofForOtherAddress: Clue = clue(({ request, url }) => {
  const proof = request?.dpopProof;
  const address = withoutQuery(parseUrl(proof?.url ?? ''));
  const isElsewhere = address !== undefined && url !== undefined && address !== withoutQuery(url);
  return isElsewhere || (proof?.method !== undefined && proof.method !== request?.method);
}, 'The proof is made for another address or method than the request.');

export const proofWithoutKey: Clue = clue(
  ({ request }) => request?.dpopProof?.hasKey === false,
  'The proof holds no key (`jwk`).',
);
