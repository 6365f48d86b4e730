import type { Cause } from '../cause.ts';

/** What the doctor finds in a set-up, with or without a request, and what libraries say that read the discovery document. */
export const setUp: readonly Cause[] = [
  {
    id: 'issuer-differs',
    title: 'The issuer is not the one that the server states',
    provider: 'any',
    step: 'address',
    rank: 1,
    endpoints: ['metadata'],
    answers: [
      {
        within: [
          'provided in the configuration metadata did not match the requested issuer',
          'issuer did not match the issuer returned by provider',
          'invalid issuer in discovery document',
        ],
        isTelling: true,
      },
    ],
    looks: 'A library refuses the issuer or its tokens; this one with `option_invalid`.',
    why: 'An issuer is compared letter by letter (OpenID Connect Discovery 1.0 §4.3), with its scheme, its port and a slash at the end.',
    remedy: 'Configure the issuer as the discovery document states it.',
    check: 'Compare it with `issuer` in `<issuer>/.well-known/openid-configuration`.',
  },
];
