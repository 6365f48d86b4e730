import * as oauth from 'oauth4webapi';
import { decodeJwt } from '../../claims/user.ts';
import type { SessionErrorCode } from '../../errors/sessionError.ts';
import type { Clock, Instant } from '../../time/clock.ts';
import { answerFrom } from './customAnswer.ts';
import type { Provider, ProviderHttp } from './provider.ts';
import type { TokenAnswer } from './tokenAnswer.ts';

/** One request to the token endpoint. */
export interface TokenRequest {
  /** What is done, as the beginning of a sentence. */
  readonly action: string;
  /** What `invalid_grant` means. @default 'grant_refused' */
  readonly refused?: SessionErrorCode;
  send(
    as: oauth.AuthorizationServer,
    client: oauth.Client,
    authentication: oauth.ClientAuth,
    http: ProviderHttp & oauth.TokenEndpointRequestOptions,
  ): Promise<Response>;
  /** Checks what this grant's answer must say. */
  process?(
    as: oauth.AuthorizationServer,
    client: oauth.Client,
    response: Response,
  ): Promise<oauth.TokenEndpointResponse>;
}

/**
 * Seconds by which the server's clock is ahead of `Date.now()`, as the answer's ID token shows it:
 * issued in the middle of the request. For checking that token's times, and nothing else.
 */
const clockSkewOf = async (response: Response, sentAt: Instant, clock: Clock): Promise<number> => {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  const { id_token: idToken } = Object(body) as { id_token?: string };
  const issuedAt = decodeJwt(idToken)?.['iat'];
  if (typeof issuedAt !== 'number') return 0;
  const sinceIssuedMs = (clock.monotonicMs() - sentAt.monotonicMs) / 2;
  return Math.round((issuedAt * 1000 + sinceIssuedMs - Date.now()) / 1000);
};

/** Asks for tokens, checks the answer and dates it. */
export const requestTokens = async (
  provider: Provider,
  { action, refused, send, process = oauth.processGenericTokenEndpointResponse }: TokenRequest,
): Promise<TokenAnswer> => {
  const as = await provider.metadata();
  const { authentication, config } = provider;
  const additionalParameters = { ...config.tokenParameters };
  return provider.ask(
    action,
    async (http, sentAt) => {
      const response = await send(as, provider.client, authentication, { ...http, additionalParameters });
      const skew = await clockSkewOf(response, sentAt(), provider.clock);
      const client = { ...provider.client, [oauth.clockSkew]: skew };
      return answerFrom(await process(as, client, response), sentAt());
    },
    { refused },
  );
};
