import type { AnswerPattern } from '../answerPattern.ts';
import type { Cause } from '../cause.ts';
import { clockTooFarForProof } from '../clues/serverClues.ts';
import {
  boundToCertificate,
  boundToKey,
  proofForOtherAddress,
  proofOutOfTime,
  proofWithoutKey,
} from '../clues/proofClues.ts';

const step = 'proof';

/** `invalid_dpop_proof` in Keycloak 23, `invalid_request` in 26: the words are the same. */
const refusedWith = (...words: string[]): AnswerPattern => ({ words });
const anyRefusal: AnswerPattern = { error: 'invalid_dpop_proof' };

/** Proofs of possession of a key or a certificate. */
export const proof: readonly Cause[] = [
  {
    id: 'dpop-proof-missing',
    title: 'A DPoP proof is needed, and none was sent',
    provider: 'any',
    step: 'grant',
    rank: 1,
    answers: [refusedWith('DPoP proof is missing', 'DPoP Proof missing'), anyRefusal],
    answersWithClue: [{ error: 'invalid_grant' }, { error: 'invalid_request' }],
    shownBy: [boundToKey],
    excludedBy: [({ request }) => (request?.dpopProof ? 'The request has a `DPoP` header.' : undefined)],
    looks: '400, "DPoP proof is missing".',
    why: 'The client demands DPoP, or the refresh token is bound to a key (RFC 9449 §5).',
    remedy: 'Send a new `DPoP` proof with each token request, made with the key of the sign-in.',
    check: 'Does the token hold `cnf.jkt`? Is "Require DPoP bound tokens" on for the client?',
  },
  {
    id: 'dpop-key-differs',
    title: 'The DPoP proof is made with another key than the token is bound to',
    provider: 'any',
    step: 'grant',
    rank: 2,
    answers: [
      refusedWith(
        "DPoP confirmation doesn't match DPoP proof",
        'No DPoP confirmation in access token',
        'No DPoP key thumbprint in access token',
        'DPoP Proof public key thumbprint does not match',
        'DPoP proof and token binding verification failed',
      ),
      anyRefusal,
    ],
    looks: '400, "DPoP confirmation doesn\'t match DPoP proof".',
    why: "The key was lost or recreated; a public client's refresh token lives and dies with its key.",
    remedy: 'Sign in again. Keep the key where it outlives a reload (IndexedDB, not extractable).',
    check: 'Compare the thumbprint of the key with `cnf.jkt` of the token.',
  },
  {
    id: 'dpop-clock-wrong',
    title: 'The time in the DPoP proof is not that of the server',
    provider: 'any',
    step,
    rank: 3,
    answers: [refusedWith('DPoP proof is not active'), anyRefusal],
    // No fault by itself: a request is looked at some time after it was made.
    supportedBy: [proofOutOfTime, clockTooFarForProof],
    looks: '400, "DPoP proof is not active".',
    why: 'A proof lives about 10 s, with 15 s of tolerance: a clock that is half a minute off breaks it.',
    remedy: "Take `iat` of the proof from the server's time, not from the machine's.",
    check: 'Compare the clock with the `Date` header of an answer.',
  },
  {
    id: 'dpop-proof-reused',
    title: 'The DPoP proof was used before',
    provider: 'any',
    step,
    rank: 4,
    answers: [refusedWith('DPoP proof has already been used'), anyRefusal],
    looks: '400, "DPoP proof has already been used".',
    why: 'Each request needs its own `jti`, a repeated one as well; a retry below the app sends the old one.',
    remedy: 'Make a new proof for each attempt, retries included.',
    check: 'Compare `jti` of two requests.',
  },
  {
    id: 'dpop-proof-for-other-request',
    title: 'The DPoP proof is made for another address or method',
    provider: 'any',
    step,
    rank: 5,
    answers: [refusedWith('DPoP HTTP URL mismatch', 'DPoP HTTP method mismatch'), anyRefusal],
    // No fault by itself: a server without DPoP ignores the header.
    supportedBy: [proofForOtherAddress],
    looks: '400, "DPoP HTTP URL mismatch" or "DPoP HTTP method mismatch".',
    why: '`htu` is the address without query as the server sees it; behind a proxy that can be another one.',
    remedy: 'Make the proof for `POST` and the exact address of the token endpoint.',
    check: 'Compare `htu` with `token_endpoint` of the discovery document.',
  },
  {
    id: 'dpop-proof-malformed',
    title: 'The DPoP proof is malformed',
    provider: 'any',
    step,
    rank: 6,
    answers: [
      refusedWith(
        'DPoP mandatory claims are missing',
        'Unsupported DPoP algorithm',
        'No JWK in DPoP header',
        'Private key is present in DPoP header',
        'DPoP verification failure',
        'DPoP header verification failure',
      ),
      anyRefusal,
    ],
    supportedBy: [proofWithoutKey],
    looks: '400 that names what the proof lacks.',
    why: 'RFC 9449 §4.2: `typ` `dpop+jwt`, an asymmetric `alg`, the public `jwk` in the header; `jti`, `htm`, `htu`, `iat` as claims.',
    remedy: 'Make the proof as RFC 9449 §4.2 says. Never put the private key into it.',
    check: 'Decode the proof and compare.',
  },
  {
    id: 'dpop-nonce-needed',
    title: 'The server wants a nonce in the DPoP proof',
    provider: 'any',
    step,
    rank: 1,
    answers: [{ error: 'use_dpop_nonce' }],
    looks: '400 `use_dpop_nonce` with a `DPoP-Nonce` header.',
    why: 'The server gives the nonce and expects the request once more with it (RFC 9449 §8).',
    remedy: 'Repeat the request once with the `DPoP-Nonce` of the answer in a new proof.',
    check: 'Is `DPoP-Nonce` exposed to the page (`Access-Control-Expose-Headers`)?',
  },
  {
    id: 'certificate-differs',
    title: 'The token is bound to a certificate that was not presented',
    provider: 'any',
    step: 'grant',
    rank: 4,
    answers: [
      { words: ['Client certificate missing'] },
      { error: 'invalid_request', words: ['Client Certification missing for MTLS HoK Token Binding'] },
    ],
    answersWithClue: [{ status: 401, error: 'unauthorized_client' }, { error: 'invalid_grant' }],
    supportedBy: [boundToCertificate],
    looks: '401 `unauthorized_client` that speaks of a certificate; the one 401 that is about the token.',
    why: 'The client has certificate-bound tokens on (RFC 8705), and the refresh came without the certificate, or a proxy did not pass it on.',
    remedy:
      'Present the certificate of the sign-in. Or switch "OAuth 2.0 Mutual TLS" binding off for the client.',
    check: 'Does the token hold `cnf` with `x5t#S256`?',
  },
];
