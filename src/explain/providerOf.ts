import { parseUrl } from '../url/parseUrl.ts';
import type { KnownProvider } from './cause.ts';
import type { FailedGrant } from './failedGrant.ts';

type Named = readonly (readonly [provider: KnownProvider, looks: RegExp])[];

/** Where the services answer that nobody runs under a name of their own. */
const hosts: Named = [
  [
    'entra',
    /(^|\.)(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn|login\.windows\.net)$/,
  ],
  ['entra', /^sts\.windows\.net$|\.(b2clogin|ciamlogin)\.com$/],
  ['okta', /\.(okta|oktapreview|okta-emea|okta-gov)\.com$/],
  ['auth0', /\.auth0\.com$/],
  ['google', /^(oauth2|www|sts)\.googleapis\.com$|^accounts\.google\.com$/],
  ['cognito', /\.amazoncognito\.com$|^cognito-idp\.[\w-]+\.amazonaws\.com$/],
  ['hydra', /\.oryapis\.com$/],
  ['zitadel', /\.zitadel\.cloud$/],
];

/** Paths that only one product has. */
const paths: Named = [
  ['keycloak', /\/realms\/[^/]+/],
  ['okta', /\/oauth2\/(v1|(default|aus\w+)\/v1)\//],
  ['authentik', /\/application\/o\//],
  ['zitadel', /\/oauth\/v2\/(token|introspect|revoke|authorize|keys)$/],
];

const words: Named = [
  ['entra', /\bAAD(STS|B2C)\d{4,}/],
  ['zitadel', /^Errors\.[A-Z]\w+\./],
];

const named = (known: Named, text: string | undefined): KnownProvider | undefined =>
  text === undefined ? undefined : known.find(([, looks]) => looks.test(text))?.[0];

const byAddress = (address: string | undefined): KnownProvider | undefined => {
  const url = parseUrl(address ?? '');
  return named(hosts, url?.hostname) ?? named(paths, url?.pathname);
};

/** A path that tells nothing is at least not Keycloak's. */
const isElsewhere = ({ request, server }: FailedGrant): boolean =>
  server?.product === 'unknown' || parseUrl(request?.url ?? '') !== undefined;

/**
 * Whose the server is: by its address, else by what it calls itself, by what it said, by who issued the token.
 * `other`: not Keycloak. `undefined`: nothing tells.
 */
export const providerOf = (failure: FailedGrant): KnownProvider | 'other' | undefined => {
  const { answer, mention, request, server } = failure;
  if (server?.product === 'keycloak') return 'keycloak';
  const found =
    byAddress(request?.url) ??
    byAddress(server?.discovery?.issuer) ??
    named(words, answer?.errorDescription) ??
    byAddress(request?.refreshToken?.issuer) ??
    (request ? undefined : byAddress(mention?.url));
  // What was asked and did not answer as Keycloak does only looks like it.
  const isOnlyAlike = found === 'keycloak' && server?.product === 'unknown';
  return isOnlyAlike || (found === undefined && isElsewhere(failure)) ? 'other' : found;
};

/** Whether nothing says that it is not this one. */
export const mayBe = (provider: KnownProvider, known: KnownProvider | 'other' | undefined): boolean =>
  known === undefined || known === provider || (known === 'other' && provider !== 'keycloak');
