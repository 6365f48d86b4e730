import { type Cause, provingEndpoints } from '../cause.ts';
import {
  basicWasSent,
  clientMayBeUnknown,
  provesItselfTwice,
  sendsNoBasic,
  unreadableBasic,
} from '../clues/clientClues.ts';
import { notKeycloak } from '../clues/serverClues.ts';
import { ifTold } from '../sureness.ts';
import { secretMissing, secretRefused, unexpected } from './secretAnswers.ts';

const step = 'client';

/** The way in which a client proves itself, whatever its secret is. */
export const clientAuthentication: readonly Cause[] = [
  {
    id: 'client-authentication-failed',
    title: 'The provider does not know the client, or does not accept its secret',
    provider: 'any',
    step,
    rank: 8,
    endpoints: provingEndpoints,
    answersWithClue: [{ error: 'invalid_client' }],
    supportedBy: [notKeycloak],
    isVague: true,
    looks: '401 or 400 `invalid_client` of another provider than Keycloak.',
    why: 'RFC 6749 §5.2 has one code for an unknown client, a missing or wrong secret, and a way of sending it that the provider does not take.',
    remedy:
      'Check the secret and how it is sent. A public client sends none; the others as registered (form or Basic header).',
    check:
      'Compare with `token_endpoint_auth_methods_supported` in the discovery document and with how the client is registered.',
  },
  {
    id: 'client-authenticated-twice',
    title: 'The request proves the client in two ways at once',
    provider: 'any',
    step,
    rank: 1,
    endpoints: provingEndpoints,
    answersWithClue: [{ error: 'invalid_request' }, { error: 'invalid_client' }, secretRefused],
    answers: [],
    // No fault by itself: some providers take the first that they find.
    supportedBy: [provesItselfTwice],
    looks: '`invalid_request`. Okta: "Cannot supply multiple client credentials."',
    why: 'Only one way is allowed in a request (RFC 6749 §2.3): the Basic header, the secret in the form, or a signed assertion. Libraries add a Basic header of their own.',
    remedy: 'Send the secret once: in the header or in the form. With an assertion send none.',
    check: 'Is there an `Authorization` header beside `client_secret` or `client_assertion`?',
  },
  {
    id: 'authorization-dropped',
    title: 'The provider did not see the `Authorization` header of the request',
    provider: 'any',
    step,
    rank: 1,
    endpoints: provingEndpoints,
    answersWithClue: [
      { status: 400, error: 'invalid_client', words: ['Missing client_id parameter'] },
      { status: 400, error: 'unauthorized_client', words: ['UNKNOWN_CLIENT'] },
      secretMissing,
      // Not by its words: those would outdo what is known by the code, also where this cause is ruled out.
      { status: 401, error: 'invalid_client', provider: 'keycloak', isCommonplace: true },
    ],
    supportedBy: [basicWasSent],
    excludedBy: [clientMayBeUnknown],
    looks: 'An answer that misses the client or its secret, although a Basic header was sent.',
    why: 'A proxy or a gateway takes the header for its own, a redirect to another host drops it, or the provider reads the secret in the form only.',
    remedy: 'Let the proxy pass on `Authorization`. Or send `client_id` and `client_secret` in the form.',
    check:
      'Send the request past the proxy, with a junk token. Does the provider list `client_secret_basic` in its discovery document?',
  },
  {
    id: 'client-secret-superfluous',
    title: 'The client is public, and a secret was sent',
    provider: 'entra',
    step,
    rank: 2,
    endpoints: provingEndpoints,
    answers: [],
    looks:
      "AADSTS700025: \"Client is public so neither 'client_assertion' nor 'client_secret' should be presented\".",
    why: 'The redirect URI or the app is registered for a desktop or mobile app or a page, which can keep no secret.',
    remedy: 'Leave the secret out. Or register the redirect URI under "Web", if a server redeems the code.',
    check:
      'Look at "Authentication" of the app registration: platform of the address, "Allow public client flows".',
  },
  {
    id: 'client-not-public',
    title: 'The app is not registered as one that can do without a secret',
    provider: 'entra',
    step,
    rank: 2,
    answers: [],
    looks: 'AADB2C90058: "The provided application is not configured to allow public clients."',
    why: 'A flow without a secret was used, and "Allow public client flows" is off.',
    remedy: 'Switch "Allow public client flows" on. Or send the secret, if a server asks.',
    check: 'Look at "Authentication" of the app registration.',
  },
  {
    id: 'client-secret-method',
    title: 'The secret was sent in the way the client does not allow',
    provider: 'any',
    step,
    rank: 2,
    endpoints: provingEndpoints,
    answers: [{ error: 'unauthorized_client', words: ['Invalid method used to get client secret'] }],
    looks:
      '401 `unauthorized_client`, "Invalid method used to get client secret…" (Keycloak 26.6 and newer).',
    why: 'The client is fixed to `client_secret_basic` or `client_secret_post`, and the other one was used.',
    remedy: 'Send the secret in the way that is registered. Or allow the other one for the client.',
    check: 'Read which method the answer asks for, or look at how the client is registered.',
  },
  {
    id: 'basic-header-broken',
    title: 'The Basic header cannot be decoded',
    provider: 'any',
    step,
    rank: 3,
    endpoints: provingEndpoints,
    answers: [unexpected],
    answersWithClue: [unexpected, { error: 'invalid_client' }, { error: 'unauthorized_client' }],
    shownBy: [unreadableBasic],
    isSure: ifTold,
    excludedBy: [basicWasSent, sendsNoBasic],
    looks:
      '400 `unauthorized_client`, "Unexpected error when authenticating client…", or 401 `invalid_client`.',
    why: 'Id and secret are form-encoded before they go into the header (RFC 6749 §2.3.1). A bare `%` in a secret breaks that; so does a header that is not base64 of `id:secret`.',
    remedy: 'Form-encode id and secret before the Basic header. Or send the secret in the form.',
    check: 'Does the secret hold a `%`?',
  },
  {
    id: 'client-authenticator-not-set-up',
    title: 'The client is to prove itself in a way that is not set up',
    provider: 'keycloak',
    step,
    rank: 4,
    answers: [
      {
        error: 'unauthorized_client',
        words: ['Client credentials setup required', 'CLIENT_CREDENTIALS_SETUP_REQUIRED'],
      },
      { error: 'invalid_client', words: ['Client authentication ended, but client is null'] },
    ],
    looks: '400 `unauthorized_client`, "Client credentials setup required".',
    why: 'The client is set to signed JWTs or certificates, and its keys or subject are missing.',
    remedy: 'Finish the tab "Credentials" of the client. Or choose "Client Id and Secret".',
    check: 'Look at "Client Authenticator" there.',
  },
];
