import { inspect } from 'node:util';
import { vi } from 'vitest';
import type { GrantOptions } from '../../../src/grants/grantOptions.ts';
import type { ProviderDeps } from '../../../src/grants/protocol/provider.ts';
import type { OddAnswer, TokenAnswer } from '../../../src/grants/protocol/tokenAnswer.ts';
import { createVirtualClock, type VirtualClock } from '../../../src/testing/virtualClock.ts';

export const issuer = 'https://id.example.com/realms/app';
export const clientId = 'web';

export const endpoints = {
  authorization_endpoint: `${issuer}/authorize?tenant=1`,
  token_endpoint: `${issuer}/token`,
  revocation_endpoint: `${issuer}/revoke`,
  end_session_endpoint: `${issuer}/logout`,
};

/** What must be in no error. A short one too, which no pattern of long words catches. */
export const secrets = {
  accessToken: 'planted-access',
  refreshToken: 'planted-refresh',
  newRefreshToken: `planted-${'new'.repeat(30)}`,
  password: 'planted-password',
  clientSecret: 'planted-client-secret',
  code: 'planted-code',
};

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An unsigned token: TLS stands in for its signature. */
export const jwt = (claims: object, header: object = { alg: 'RS256' }): string =>
  `${base64url(header)}.${base64url(claims)}.${base64url({ planted: 'signature' })}`;

/** Claims of an ID token issued at this wall time. */
export const claimsAt = (wallMs: number, more: object = {}): Record<string, unknown> => {
  const iat = Math.floor(wallMs / 1000);
  return { iss: issuer, sub: 'sub-1', aud: clientId, iat, exp: iat + 300, ...more };
};

export const json = (
  body: unknown,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });

/** A good answer of the token endpoint. */
export const tokenAnswer = (more: object = {}): Response =>
  json({
    access_token: secrets.accessToken,
    token_type: 'Bearer',
    expires_in: 300,
    refresh_token: secrets.newRefreshToken,
    refresh_expires_in: 1800,
    ...more,
  });

export interface Sent {
  readonly url: string;
  readonly request: Request;
  readonly form: URLSearchParams;
}

/** A transport that answers from a function and keeps what was asked. */
export const createTransport = (answer: (sent: Sent) => Response | Promise<Response>) => {
  const sent: Sent[] = [];
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const entry = { url: request.url, request, form: new URLSearchParams(await request.clone().text()) };
    sent.push(entry);
    return answer(entry);
  };
  return { sent, fetch };
};

/** The grants over one of the two versions of ky that are supported. */
export const grantsOver = async (version: 'ky' | 'ky-1') => {
  vi.resetModules();
  vi.doMock('ky', async () => vi.importActual(version));
  const [provider, password, refresh, code, revocation, end] = await Promise.all([
    import('../../../src/grants/protocol/provider.ts'),
    import('../../../src/grants/protocol/passwordGrant.ts'),
    import('../../../src/grants/protocol/refreshGrant.ts'),
    import('../../../src/grants/protocol/codeGrant.ts'),
    import('../../../src/grants/protocol/revocation.ts'),
    import('../../../src/grants/protocol/endSession.ts'),
  ]);
  vi.doUnmock('ky');
  return { ...provider, ...password, ...refresh, ...code, ...revocation, ...end };
};

export type GrantsOverKy = Awaited<ReturnType<typeof grantsOver>>;

export const configWith = (more: Partial<GrantOptions> = {}): GrantOptions => ({
  issuer,
  clientId,
  endpoints,
  ...more,
});

// Imported late: tests replace what lies beneath.
const loadOptional = () => import('../../../src/grants/optionalParts.ts');

export const partsWith = (
  answer: Parameters<typeof createTransport>[0],
  more: Partial<ProviderDeps> = {},
): ProviderDeps & { clock: VirtualClock; sent: Sent[] } => {
  const { fetch, sent } = createTransport(answer);
  return { fetch, sent, loadOptional, ...more, clock: createVirtualClock() };
};

/** Everything of an error that a log, an inspector or a reporter could show. */
export const everythingOf = (error: unknown): string => {
  const seen: string[] = [inspect(error, { depth: 10, showHidden: true }), JSON.stringify(error)];
  for (let link = error; link instanceof Error; link = link.cause) {
    seen.push(link.message, String(link.stack), JSON.stringify(link), ...Object.values(link).map(String));
  }
  return seen.join('\n');
};

/** The answer to a renewal, where the whole of it could be used. */
export const wholly = async (renewal: Promise<TokenAnswer | OddAnswer>): Promise<TokenAnswer> => {
  const answer = await renewal;
  if ('error' in answer) throw answer.error;
  return answer;
};

export const failureOf = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => {
      throw new Error(`should have failed, answered ${inspect(value)}`);
    },
    (error: unknown) => error,
  );
