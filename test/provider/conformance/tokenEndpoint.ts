import { createHash, randomBytes } from 'node:crypto';
import type { Claims } from './conduct.ts';
import { idTokenFor } from './idTokens.ts';
import type { Answer, Asking, Handler, Module, Request } from './module.ts';

/** As the suite's: letters and digits that say nothing. */
export const randomText = (): string => randomBytes(24).toString('hex');

const digestOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** The client and its secret in a header (RFC 6749 §2.3.1): both are encoded as in a form before they are put together. */
const basicIn = (authorization = ''): readonly string[] =>
  Buffer.from(/^Basic (.+)$/.exec(authorization)?.[1] ?? '', 'base64')
    .toString()
    .split(':')
    .map((part) => new URLSearchParams(`_=${part}`).get('_') ?? '');

const isTheClient = ({ client }: Module, { form, headers: { authorization } }: Request): boolean => {
  const { clientId = '', clientSecret } = client ?? {};
  if (clientSecret === undefined) return authorization === undefined && form.get('client_id') === clientId;
  const [id, secret] = basicIn(authorization);
  return id === clientId && secret === clientSecret && !form.has('client_secret');
};

const refuse = (error: string): Answer => ({ status: 400, body: { error } });

export const createTokenEndpoint = (module: Module): Handler => {
  const { asked, codes, conduct, issued, require } = module;
  const refreshTokens = new Map<string, Asking>();

  const give = (asking: Asking, idToken: string): Claims => {
    const given = { accessToken: randomText(), refreshToken: randomText(), idToken };
    issued.push(given);
    refreshTokens.set(given.refreshToken, asking);
    // The suite says nothing of lives.
    return {
      access_token: given.accessToken,
      token_type: 'Bearer',
      refresh_token: given.refreshToken,
      id_token: idToken,
    };
  };

  const redeem = async ({ form }: Request): Promise<Answer> => {
    const code = form.get('code') ?? '';
    const asking = codes.get(code);
    codes.delete(code);
    require(asking, 'an unknown code, or one that was redeemed before');
    if (!asking) return refuse('invalid_grant');
    require(asking.redirectUri === form.get('redirect_uri'), 'another redirect_uri than at the start');
    require(asking.challenge === digestOf(form.get('code_verifier') ?? ''), 'another code_verifier');
    return { status: 200, body: give(asking, await idTokenFor(module, asking, false)) };
  };

  const renew = async ({ form }: Request): Promise<Answer> => {
    const { leavesOut } = conduct;
    const spent = form.get('refresh_token') ?? '';
    const asking = refreshTokens.get(spent);
    require(asking, 'an unknown refresh token, or one that was spent');
    if (!asking) return refuse('invalid_grant');
    if (leavesOut !== 'refresh_token') refreshTokens.delete(spent);
    const body = give(asking, await idTokenFor(module, asking, true));
    return { status: 200, body: { ...body, ...(leavesOut && { [leavesOut]: undefined }) } };
  };

  return (request) => {
    const grantType = request.form.get('grant_type');
    asked.push(grantType === 'refresh_token' ? 'refresh' : 'token');
    require(isTheClient(
      module,
      request,
    ), 'the client proved itself in another way than it was registered for');
    if (grantType === 'authorization_code') return redeem(request);
    if (grantType === 'refresh_token') return renew(request);
    require(false, `an unknown grant: ${grantType}`);
    return refuse('unsupported_grant_type');
  };
};
