import type { IncomingHttpHeaders } from 'node:http';
import type { Conduct } from './conduct.ts';
import { type KeySet, keySet } from './signingKeys.ts';

/** What was asked for, in words of the suite; `refresh` is the token endpoint as well. */
export type Asked = 'discovery' | 'jwks' | 'authorize' | 'token' | 'refresh' | 'userinfo' | 'end_session';

/** A relying party, as it is registered. */
export interface Registration {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly postLogoutRedirectUri: string;
  /** Proves itself by `client_secret_basic`; without, it is a public client. */
  readonly clientSecret?: string;
}

/** What one answer of the token endpoint has given out. */
interface TokenSet {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly idToken: string;
}

/** What an authorization request has asked for. */
export interface Asking {
  readonly redirectUri: string;
  readonly challenge: string | null;
  readonly nonce: string | null;
}

export interface Request {
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

export type Answer = { readonly location: string } | { readonly status: number; readonly body: unknown };
export type Handler = (request: Request) => Answer | Promise<Answer>;

/** One module of the suite while it runs: what its endpoints share. */
export interface Module {
  readonly issuer: string;
  readonly conduct: Conduct;
  client: Registration | undefined;
  readonly codes: Map<string, Asking>;
  readonly issued: TokenSet[];
  /** Each request, in order. */
  readonly asked: Asked[];
  /** What the suite would fail the module for. */
  readonly violations: string[];
  /** Notes a violation where this is not so. */
  require(isSo: unknown, otherwise: string): void;
  keys(): Promise<KeySet>;
  /** Other keys come into use, and the ones before are gone. */
  changeKeys(): void;
}

export const createModule = (issuer: string, conduct: Conduct): Module => {
  const violations: string[] = [];
  let changes = 0;
  return {
    issuer,
    conduct,
    client: undefined,
    codes: new Map(),
    issued: [],
    asked: [],
    violations,
    require(isSo, otherwise) {
      if (!isSo) violations.push(otherwise);
    },
    keys: () => keySet(conduct.keyNames ?? 'all', changes),
    changeKeys: () => void changes++,
  };
};
