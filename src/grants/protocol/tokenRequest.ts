import * as oauth from 'oauth4webapi';
import { numberIn } from '../../claims/numberIn.ts';
import type { TokenResponse } from '../tokenResponse.ts';
import { answerFrom } from './answerFrom.ts';
import { jsonAnswer } from './jsonAnswer.ts';
import type { AskOptions, Provider, ProviderHttp } from './provider.ts';
import type { TokenAnswer } from './tokenAnswer.ts';

/** One request to the token endpoint. */
export interface TokenRequest extends AskOptions {
  /** What is done, as the beginning of a sentence. */
  readonly action: string;
  send(
    as: oauth.AuthorizationServer,
    client: oauth.Client,
    authentication: oauth.ClientAuth,
    http: ProviderHttp & oauth.TokenEndpointRequestOptions,
  ): Promise<Response>;
  /** Checks the ID token as this grant wants it. @default its issuer, audience and times, where there is one */
  process?(
    as: oauth.AuthorizationServer,
    client: oauth.Client,
    response: Response,
  ): Promise<oauth.TokenEndpointResponse>;
}

/** What came over the wire. */
export interface WireAnswer {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Reads and checks it. @throws {SessionError} */
  accept(): Promise<TokenAnswer>;
}

/**
 * Seconds by which the server's clock is ahead of `Date.now()`, as the answer's ID token shows it: issued in the middle
 * of the request. For checking that token's times, and nothing else.
 */
const clockSkewOf = ({ claims }: TokenAnswer, sinceIssuedMs: number): number =>
  Math.round(numberIn(claims, 'iat') + (sinceIssuedMs - Date.now()) / 1000) || 0;

/** Our own reading has seen to the rest of the answer. */
const withIdTokenAlone = (idToken: string | undefined): Response =>
  new Response(JSON.stringify({ access_token: '-', token_type: 'bearer', id_token: idToken }));

/** Asks for tokens. @throws {SessionError} where what comes is no answer of a token endpoint. */
export const askForTokens = async (
  provider: Provider,
  { action, send, process = oauth.processGenericTokenEndpointResponse, ...options }: TokenRequest,
): Promise<WireAnswer> => {
  const as = await provider.metadata();
  const { authentication, config, clock } = provider;
  const asked = { ...options, secrets: [...(options.secrets ?? [])] };

  const check = async (response: Response, idToken: string | undefined, skew: number, http: ProviderHttp) => {
    const client = { ...provider.client, [oauth.clockSkew]: skew };
    await process(as, client, response);
    if (!config.validateIdTokenSignature || idToken === undefined) return;
    const { requireSignature } = await provider.loadOptional();
    await requireSignature(provider, idToken, http);
  };

  return provider.ask(
    action,
    async (http, sentAt) => {
      const additionalParameters = { ...config.tokenParameters };
      const response = await send(as, provider.client, authentication, { ...http, additionalParameters });
      const fields = await jsonAnswer(response);
      const arrivedAt = clock.monotonicMs();
      return {
        fields,
        // In a time-out of its own: a provider whose keys do not come has given its tokens all the same.
        accept: () =>
          provider.ask(
            action,
            async (later) => {
              const answer = answerFrom(fields as unknown as TokenResponse, sentAt(), {
                ...asked,
                action: `${action} at ${config.issuer}`,
              });
              const { idToken } = answer.tokens;
              // A server can mix its fields up: what is wrong with the ID token is told without them.
              asked.secrets.push(...Object.values(answer.tokens).map((token) => token ?? ''));
              const skew = clockSkewOf(answer, (arrivedAt - sentAt().monotonicMs) / 2);
              await check(withIdTokenAlone(idToken), idToken, skew, later);
              return answer;
            },
            asked,
          ),
      };
    },
    asked,
  );
};

/** Asks for tokens, checks the answer and dates it. @throws {SessionError} */
export const requestTokens = async (provider: Provider, request: TokenRequest): Promise<TokenAnswer> =>
  (await askForTokens(provider, request)).accept();
