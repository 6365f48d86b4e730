/** What the samples of the documentation take for granted; each of them can declare its own. */
import type { createSession as create, isSessionError as isOurs, Session, TokenResponse } from 'token-vigil';
import type { AxiosStatic } from 'axios';
import type { KyInstance } from 'ky';
import type { ReactNode } from 'react';

type TakesFetch = new (options: {
  fetch: typeof fetch;
  url?: string;
  uri?: string;
  exchanges?: unknown;
}) => unknown;

declare global {
  const createSession: typeof create;
  const isSessionError: typeof isOurs;
  const session: Session;
  const ky: KyInstance;
  const axios: AxiosStatic;
  const GraphQLClient: new (url: string, options: { fetch: typeof fetch }) => unknown;
  const HttpLink: TakesFetch;
  const Client: TakesFetch;
  const exchanges: unknown;
  const url: string;
  const issuer: string;
  const clientId: string;
  const onReturn: (url: string) => void;
  const tokens: TokenResponse;
  const tokensFrom: (header: string | null) => TokenResponse | undefined;
  const requestedAt: number;
  const poller: { pause(): void; resume(): void };
  const showSignInButton: () => void;
  const SignInButton: () => ReactNode;
}
