import { createServer, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import { listen } from '../../../docs/demo/http/listen.ts';
import type { Conduct } from './conduct.ts';
import { SUB } from './idTokens.ts';
import {
  type Answer,
  createModule,
  type Handler,
  type Module,
  type Registration,
  type Request,
} from './module.ts';
import { CLAIM_SCOPES, createAuthorizationEndpoint, createEndSessionEndpoint } from './redirects.ts';
import { createTokenEndpoint, randomText } from './tokenEndpoint.ts';

/** The provider side of the OpenID Foundation's conformance suite, as far as four of its plans for relying parties need it. */
export interface ConformanceProvider extends Readonly<
  Pick<Module, 'issuer' | 'asked' | 'violations' | 'issued'>
> {
  readonly userinfoUrl: string;
  /** Access tokens that came with requests. */
  readonly bearers: readonly string[];
  register(client: Registration): void;
}

const metadataOf = ({ issuer, conduct }: Module, jwksPath: string) => ({
  issuer,
  authorization_endpoint: `${issuer}authorize`,
  token_endpoint: `${issuer}token`,
  jwks_uri: issuer + jwksPath,
  userinfo_endpoint: `${issuer}userinfo`,
  end_session_endpoint: `${issuer}end_session_endpoint`,
  scopes_supported: ['openid', 'offline_access', ...CLAIM_SCOPES],
  response_types_supported: ['code', 'id_token code', 'token code id_token'],
  grant_types_supported: ['authorization_code', 'implicit', 'refresh_token'],
  subject_types_supported: ['public', 'pairwise'],
  id_token_signing_alg_values_supported: ['none', 'HS256', 'RS256', 'PS256', 'ES256', 'EdDSA'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'none'],
  claims_parameter_supported: true,
  ...conduct.metadata?.(issuer),
});

const createUserinfoEndpoint = ({ asked, conduct, issued, require }: Module, bearers: string[]): Handler => {
  const claims = { sub: SUB, name: 'Demo T. User', email: 'user@example.com', email_verified: false };
  return ({ query, headers: { authorization = '' } }) => {
    // Here everybody checks signatures.
    require(asked.includes('jwks'), 'the userinfo was asked for before the keys');
    asked.push('userinfo');
    const [scheme, bearer = ''] = authorization.split(' ');
    bearers.push(bearer);
    require(scheme === 'Bearer' && !query.has('access_token'), 'the access token is not in the header');
    require(bearer === issued.at(-1)?.accessToken, 'the access token is not the newest');
    return { status: 200, body: conduct.userinfo?.(claims) ?? claims };
  };
};

const createHandlers = (module: Module, bearers: string[]): ReadonlyMap<string, Handler> => {
  const { asked, keys, require } = module;
  // Another at each run, so that it can only be known from the metadata.
  const jwksPath = `jwks${randomText()}`;
  return new Map<string, Handler>([
    [
      '.well-known/openid-configuration',
      () => {
        asked.push('discovery');
        return { status: 200, body: metadataOf(module, jwksPath) };
      },
    ],
    [
      jwksPath,
      async () => {
        require(asked.includes('discovery'), 'the keys were asked for before the metadata');
        asked.push('jwks');
        return { status: 200, body: { keys: (await keys()).shown } };
      },
    ],
    ['authorize', createAuthorizationEndpoint(module)],
    ['token', createTokenEndpoint(module)],
    ['userinfo', createUserinfoEndpoint(module, bearers)],
    ['end_session_endpoint', createEndSessionEndpoint(module)],
  ]);
};

const requestOf = async (incoming: IncomingMessage, { searchParams: query }: URL): Promise<Request> => {
  let body = '';
  for await (const chunk of incoming) body += String(chunk);
  return { query, form: new URLSearchParams(body), headers: incoming.headers };
};

/** Starts it on a free port; it ends with the test. */
export const startConformanceProvider = async (conduct: Conduct = {}): Promise<ConformanceProvider> => {
  const server = createServer();
  const { port, stop } = await listen(server, 0);
  onTestFinished(stop);
  // With a path and a slash at its end, as the suite's.
  const issuer = `http://127.0.0.1:${port}/test/a/token-vigil/`;
  const module = createModule(issuer, conduct);
  const bearers: string[] = [];
  const handlers = createHandlers(module, bearers);

  const answerTo = async (incoming: IncomingMessage): Promise<Answer> => {
    const url = new URL(incoming.url ?? '', issuer);
    const { pathname } = url;
    const handler = handlers.get(pathname.slice(new URL(issuer).pathname.length));
    if (handler) return handler(await requestOf(incoming, url));
    module.require(false, `an unexpected call: ${pathname}`);
    return { status: 404, body: {} };
  };

  server.on('request', (incoming, response) => {
    void answerTo(incoming).then((answer) => {
      if ('location' in answer) return response.writeHead(302, { Location: answer.location }).end();
      response.writeHead(answer.status, { 'Content-Type': 'application/json' });
      return response.end(JSON.stringify(answer.body));
    });
  });

  const { asked, violations, issued } = module;
  const register = (client: Registration): void => void (module.client = client);
  return { issuer, userinfoUrl: `${issuer}userinfo`, asked, violations, issued, bearers, register };
};
