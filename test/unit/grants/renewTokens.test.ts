import { describe, expect, test, vi } from 'vitest';
import type { Lease } from '../../../machines/lease.ts';
import type { Outcome } from '../../../src/grants/arrival.ts';
import type { Flights } from '../../../src/grants/flights.ts';
import type { OddAnswer, TokenAnswer } from '../../../src/grants/protocol/tokenAnswer.ts';
import { SessionError } from '../../../src/errors/sessionError.ts';
import { createRenewTokens, type RenewalSource } from '../../../src/grants/renewTokens.ts';
import { renewalSources } from '../../../src/grants/renewalSources.ts';
import { createProvider } from '../../../src/grants/protocol/provider.ts';
import type { Silent } from '../../../src/grants/signIn/silent.ts';
import type { GrantDeps } from '../../../src/grants/grantDeps.ts';
import { drainMicrotasks } from '../../../src/testing/virtualClock.ts';
import type { TokenSet } from '../../../src/vault/vault.ts';
import { clientId, endpoints, issuer, json, partsWith } from './protocolFixture.ts';

test('the newest refresh token is sent, though it came while the provider was being discovered', async () => {
  let tokens: TokenSet = { accessToken: 'first', refreshToken: 'older' };
  const parts = partsWith(({ url }) => {
    if (url.endsWith('/token')) return json({ access_token: 'new', token_type: 'Bearer' });
    tokens = { accessToken: 'second', refreshToken: 'newer' };
    return json({ issuer, ...endpoints });
  });
  const provider = createProvider({ issuer, clientId }, parts);
  const sources = renewalSources(provider, { options: {} } as GrantDeps, { worksInPlace: false } as Silent);
  const renew = createRenewTokens(sources, {}, async () => ({ kind: 'overtaken' }));
  await renew({
    held: () => ({ tokens, lease: { epoch: 1, generation: 1 } as Lease }),
    arrival: (answer) => ({ by: 'renewal', answer, permit: {} as never }),
    keep: () => true,
  });
  expect(parts.sent.map(({ form }) => form.get('refresh_token')).filter(Boolean)).toEqual(['newer']);
});

test('the newest refresh token goes to a refresh of the app, though it came while the code for that was being loaded', async () => {
  let tokens: TokenSet = { accessToken: 'first', refreshToken: 'older' };
  const sent: (string | undefined)[] = [];
  const deps = {
    options: { grants: { refresh: () => {} } },
    async loadOptional() {
      tokens = { accessToken: 'second', refreshToken: 'newer' };
      return { customRenewal: async (...of: [unknown, unknown, TokenSet]) => sent.push(of[2].refreshToken) };
    },
  };
  const sources = renewalSources(
    {} as never,
    deps as unknown as GrantDeps,
    { worksInPlace: false } as Silent,
  );
  await createRenewTokens(sources, {}, async () => ({ kind: 'overtaken' }))({
    held: () => ({ tokens, lease: { epoch: 1, generation: 1 } as Lease }),
    arrival: (answer) => ({ by: 'renewal', answer, permit: {} as never }),
    keep: () => true,
  }).catch(() => undefined);
  expect(sent).toEqual(['newer']);
});

const counts = { epoch: 7, generation: 3 };
const leaseOf = (of: Partial<typeof counts> = {}): Lease =>
  ({ ...counts, ...of, sentAt: { wallMs: 5, monotonicMs: 5 } }) as Lease;

const held: TokenSet = { accessToken: 'access', refreshToken: 'refresh' };
const sentAt = { wallMs: 9, monotonicMs: 9 };
const answerWith = (tokens: TokenSet): TokenAnswer => ({ tokens, facts: {}, sentAt });
const newer = answerWith({ accessToken: 'new', refreshToken: 'newer' });
const bare = answerWith({ accessToken: 'new' });
const taken: Outcome = { kind: 'taken', lease: leaseOf({ generation: 4 }) };
const overtaken: Outcome = { kind: 'overtaken' };
const error = new SessionError('response_invalid', 'odd');

/** A source that spends the refresh token, then one that needs none. */
const stage = ({
  answer = newer,
  commits = async () => taken,
  flights = {},
  isKept = true,
  hasFrame = true,
}: {
  answer?: TokenAnswer | OddAnswer;
  commits?: () => Promise<Outcome>;
  flights?: Flights;
  isKept?: boolean;
  hasFrame?: boolean;
} = {}) => {
  const source = (spends: boolean, canRenew: RenewalSource['canRenew']) => ({
    spends: () => spends,
    canRenew,
    renew: vi.fn(async () => answer),
  });
  const byToken = source(true, ({ refreshToken }) => refreshToken !== undefined);
  const inFrame = source(false, () => true);
  const commit = vi.fn(commits);
  const keep = vi.fn((_refreshToken: string) => isKept);
  const renewTokens = createRenewTokens(hasFrame ? [byToken, inFrame] : [byToken], flights, commit);
  const renew = (tokens: TokenSet | undefined = held, lease = leaseOf()): Promise<Outcome> =>
    renewTokens({
      held: () => tokens && { tokens, lease },
      arrival: (arrived) => ({ by: 'renewal', answer: arrived, permit: {} as never }),
      keep,
    });
  return { byToken, inFrame, commit, keep, flights, renew, renewTokens };
};

test('what came is judged together with what it was renewed from', async () => {
  const { byToken, commit, keep, flights, renew } = stage();
  expect(await renew()).toBe(taken);
  expect(byToken.renew.mock.calls).toEqual([[held]]);
  expect(commit.mock.calls).toEqual([
    [expect.objectContaining({ by: 'renewal', answer: newer, from: held })],
  ]);
  expect([keep.mock.calls, flights.spent]).toEqual([[], undefined]);
});

test('what is gone by its turn is not renewed', async () => {
  const { byToken, inFrame, commit, renewTokens, keep } = stage();
  const arrival = vi.fn<() => never>();
  expect(await renewTokens({ held: () => undefined, arrival, keep })).toEqual({ kind: 'overtaken' });
  expect([byToken.renew, inFrame.renew, commit].flatMap(({ mock }) => mock.calls)).toEqual([]);
});

describe('a refresh token that was spent', () => {
  test.each<[string, Lease | undefined, boolean]>([
    ['none', undefined, true],
    ['this one', leaseOf(), false],
    ['one of an earlier generation', leaseOf({ generation: 2 }), true],
    ['one of an earlier epoch', leaseOf({ epoch: 6 }), true],
  ])('is not sent again: %s', async (_which, spent, isSent) => {
    const { byToken, inFrame, renew } = stage({ flights: spent ? { spent } : {} });
    await renew();
    expect([byToken.renew.mock.calls.length, inFrame.renew.mock.calls.length]).toEqual(
      isSent ? [1, 0] : [0, 1],
    );
  });

  test.each<[string, Flights, TokenSet]>([
    ['is all there was', { spent: leaseOf() }, held],
    ['never was', {}, { accessToken: 'access' }],
  ])('or that %s, leaves nothing to renew with', async (_what, flights, tokens) => {
    const { byToken, renew } = stage({ flights, hasFrame: false });
    await expect(renew(tokens)).rejects.toMatchObject({
      code: 'grant_refused',
      message: 'There is nothing to renew the session with. Sign in again',
    });
    expect(byToken.renew).not.toHaveBeenCalled();
  });

  test.each<[string, Outcome, TokenSet, boolean]>([
    ['were taken', taken, held, false],
    ['came too late', overtaken, held, true],
    ['were another’s', { kind: 'switched' }, held, true],
    ['came too late, and without it', overtaken, { accessToken: 'access' }, false],
  ])('is remembered where the tokens that came for it %s', async (_how, outcome, tokens, isSpent) => {
    const { flights, renew } = stage({ commits: async () => outcome });
    expect(await renew(tokens)).toBe(outcome);
    expect(flights.spent).toEqual(isSpent ? leaseOf() : undefined);
  });
});

describe('an answer that cannot be used', () => {
  test('and whose refresh token must not be kept leaves one that is spent', async () => {
    const { keep, commit, flights, renew } = stage({ answer: { error, refreshToken: undefined } });
    await expect(renew()).rejects.toBe(error);
    expect([keep.mock.calls, commit.mock.calls, flights.spent]).toEqual([[], [], leaseOf()]);
  });

  test('leaves its newer refresh token', async () => {
    const { keep, commit, flights, renew } = stage({ answer: { error, refreshToken: 'newer' } });
    await expect(renew()).rejects.toBe(error);
    expect([keep.mock.calls, commit.mock.calls, flights.spent]).toEqual([[['newer']], [], undefined]);
  });

  test('nor its refresh token, where the epoch is over, is given up like any token that comes too late', async () => {
    const odd = { error, refreshToken: 'newer' };
    const { commit, renew } = stage({ answer: odd, isKept: false, commits: async () => overtaken });
    await expect(renew()).rejects.toBe(error);
    expect(commit.mock.calls).toEqual([
      [
        {
          by: 'renewal',
          permit: {},
          answer: { tokens: { accessToken: '', refreshToken: 'newer' }, facts: {}, sentAt: leaseOf().sentAt },
          from: held,
        },
      ],
    ]);
  });

  test.each<[string, TokenAnswer, string[][]]>([
    ['its newer refresh token', newer, [['newer']]],
    ['nothing, where it has none', bare, []],
  ])('as the commit finds, leaves %s', async (_what, answer, kept) => {
    const { keep, renew } = stage({ answer, commits: () => Promise.reject(error) });
    await expect(renew()).rejects.toBe(error);
    expect(keep.mock.calls).toEqual(kept);
  });
});

test('two renewals follow one another, and the second is of what the first has left', async () => {
  const { byToken, renew } = stage();
  const order: string[] = [];
  byToken.renew.mockImplementation(async () => {
    order.push('begins');
    await drainMicrotasks();
    order.push('ends');
    return newer;
  });
  await Promise.all([renew(), renew()]);
  expect(order).toEqual(['begins', 'ends', 'begins', 'ends']);
});

describe('what can renew', () => {
  const parts = partsWith(() => json({}));
  const provider = createProvider({ issuer, clientId }, parts);
  const refresh = vi.fn(async (_refreshToken?: string) => ({ access_token: 'own' }));
  const askInPlace = vi.fn(async () => newer);

  const sourcesFor = (own: boolean, worksInPlace: boolean): readonly RenewalSource[] =>
    renewalSources(
      provider,
      {
        ...parts,
        options: own ? { grants: { refresh }, tokenTimeout: 10_000 } : {},
        vault: { who: () => 'ada' },
      } as unknown as GrantDeps,
      { worksInPlace, askInPlace },
    );

  test.each<[string, boolean, boolean, TokenSet, [canRenew: boolean, spends: boolean][]]>([
    ['the refresh token', false, false, held, [[true, true]]],
    ['nothing without one', false, false, bare.tokens, [[false, true]]],
    [
      'the refresh token, then a frame',
      false,
      true,
      held,
      [
        [true, true],
        [true, false],
      ],
    ],
    [
      'a frame',
      false,
      true,
      bare.tokens,
      [
        [false, true],
        [true, false],
      ],
    ],
    ['the app’s own, which sends the refresh token', true, false, held, [[true, true]]],
    ['the app’s own, which has none to send', true, false, bare.tokens, [[true, false]]],
    [
      'the app’s own, then a frame',
      true,
      true,
      held,
      [
        [true, true],
        [true, false],
      ],
    ],
  ])('is %s', (_what, own, worksInPlace, tokens, wanted) => {
    const sources = sourcesFor(own, worksInPlace);
    expect(sources.map((one) => [one.canRenew(tokens), one.spends(tokens)])).toEqual(wanted);
  });

  test('the app’s own is called with the refresh token', async () => {
    const answer = await sourcesFor(true, false)[0]!.renew(held);
    expect(answer).toMatchObject({ tokens: { accessToken: 'own' } });
    expect(refresh.mock.calls).toEqual([['refresh']]);
  });

  test('in a frame the one who is here is asked for', async () => {
    expect(await sourcesFor(true, true)[1]!.renew(held)).toBe(newer);
    expect(askInPlace.mock.calls).toEqual([['ada']]);
  });
});
