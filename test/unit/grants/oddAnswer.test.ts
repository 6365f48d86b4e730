import { describe, expect, it } from 'vitest';
import { failureClassOf } from '../../../src/grants/failureClass.ts';
import { customRenewal } from '../../../src/grants/protocol/customAnswer.ts';
import { createProvider } from '../../../src/grants/protocol/provider.ts';
import { refreshGrant } from '../../../src/grants/protocol/refreshGrant.ts';
import type { OddAnswer, TokenAnswer } from '../../../src/grants/protocol/tokenAnswer.ts';
import type { TokenResponse } from '../../../src/grants/tokenResponse.ts';
import { claimsAt, configWith, failureOf, json, jwt, partsWith } from './protocolFixture.ts';

const nowMs = Date.now();
const idTokenOf = (more: object): string => jwt(claimsAt(nowMs, more));
const held = { accessToken: 'old access', refreshToken: 'old refresh', idToken: idTokenOf({ azp: 'web' }) };

const doors = {
  'token endpoint': (fields: object, tokens = held): Promise<TokenAnswer | OddAnswer> => {
    const parts = partsWith(() => json(fields));
    return refreshGrant(createProvider(configWith(), parts), tokens);
  },
  "function of the app's own": (fields: object, tokens = held): Promise<TokenAnswer | OddAnswer> => {
    const { clock } = partsWith(() => json({}));
    return customRenewal(clock, async () => fields as TokenResponse, tokens, 1000);
  },
};

const newer = { access_token: 'a', token_type: 'Bearer', expires_in: 300, refresh_token: 'new refresh' };

describe.each(Object.entries(doors))('an odd answer to a renewal, of the %s', (_door, renew) => {
  it.each(['id_token', 'scope', 'expires_in', 'refresh_expires_in', 'token_type'])(
    'is good where its %s is null',
    async (field) => {
      expect(await renew({ ...newer, [field]: null })).toMatchObject({
        tokens: { accessToken: 'a', refreshToken: 'new refresh' },
      });
    },
  );

  it('leaves the refresh token at hand where its own is null', async () => {
    expect(await renew({ ...newer, refresh_token: null })).toMatchObject({
      tokens: { accessToken: 'a', refreshToken: undefined },
    });
  });

  it.each([
    ['no access token', { access_token: null }, 'response_invalid'],
    ['another type', { token_type: 'DPoP' }, 'response_invalid'],
    ['a malformed life', { expires_in: 'soon' }, 'response_invalid'],
    ['a malformed scope', { scope: [] }, 'response_invalid'],
    ['an ID token that lost its azp', { id_token: idTokenOf({}) }, 'id_token_invalid'],
    ['a nonce that was not there', { id_token: idTokenOf({ azp: 'web', nonce: 'n' }) }, 'id_token_invalid'],
    ['the ID token of the same user', { id_token: idTokenOf({ azp: 'web' }), scope: 5 }, 'response_invalid'],
  ])('gives its refresh token, with %s', async (_what, odd, code) => {
    const answer = (await renew({ ...newer, ...odd })) as OddAnswer;
    expect(answer).toMatchObject({ error: { code, retryable: true }, refreshToken: 'new refresh' });
    expect(failureClassOf(answer.error)).toBe('configuration');
  });

  it.each([
    ['sub', { sub: 'sub-2' }],
    ['iss', { iss: 'https://evil.example.com' }],
    ['aud', { aud: ['web', 'other'], azp: 'web' }],
  ])('is all refused, for good, where its ID token has another %s', async (_claim, more) => {
    const answer = await renew({ ...newer, expires_in: 'soon', id_token: idTokenOf(more) });
    expect(answer).toMatchObject({ error: { code: 'id_token_invalid', retryable: false } });
    expect(answer).toHaveProperty('refreshToken', undefined);
  });

  it.each([
    ['is unreadable', 'planted', held],
    ['is no text', 5, held],
    ['has none before it', idTokenOf({ azp: 'web' }), { ...held, idToken: 'opaque' }],
  ])('is all refused where its ID token %s', async (_what, id_token, tokens) => {
    const answer = await renew({ ...newer, expires_in: 'soon', id_token }, tokens);
    expect(answer).toMatchObject({ error: { code: 'id_token_invalid', retryable: false } });
    expect(answer).toHaveProperty('refreshToken', undefined);
  });

  it.each([
    ['none', undefined],
    ['null', null],
    ['an empty one', ''],
    ['the one at hand', 'old refresh'],
    ['one that is no text', 5],
  ])('fails, and the tokens at hand go on, where its refresh token is %s', async (_what, refresh_token) => {
    const wrongId = { id_token: idTokenOf({ iss: 'https://evil.example.com' }) };
    for (const odd of [{ expires_in: 'soon' }, wrongId]) {
      const error = await failureOf(renew({ ...newer, ...odd, refresh_token }));
      expect(error).toMatchObject({ retryable: true });
      expect(failureClassOf(error as never)).toBe('configuration');
    }
  });
});
