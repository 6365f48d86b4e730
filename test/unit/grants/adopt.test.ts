import { describe, expect, test } from 'vitest';
import { leaseFrom } from '../../../machines/lease.ts';
import { createAdopt } from '../../../src/grants/adopt.ts';
import { createAdoptFrom } from '../../../src/grants/adoptFrom.ts';
import type { Arrival, Outcome } from '../../../src/grants/arrival.ts';
import type { Flights } from '../../../src/grants/flights.ts';
import type { TokenResponse } from '../../../src/grants/tokenResponse.ts';
import type { SessionError } from '../../../src/errors/sessionError.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { readInstant } from '../../../src/time/clock.ts';
import { deadlineAfter } from '../../../src/time/deadline.ts';
import { createVault, type TokenSet } from '../../../src/vault/vault.ts';
import { jwt } from './protocolFixture.ts';

const counts = { epoch: 7, generation: 3 };

/** A vault that holds these tokens; what is adopted is taken as the fourth generation. */
const stage = (held: Partial<TokenSet> = {}, outcome?: Outcome) => {
  const [clock, vault] = [createVirtualClock(), createVault()];
  const now = readInstant(clock);
  const lease = leaseFrom({ expires_in: 300, renewable: true }, now, counts);
  vault.permitSignIn().commit({ accessToken: 'held', refreshToken: 'refresh', ...held }, lease, 'ada');
  const arrivals: Arrival[] = [];
  const told: unknown[] = [];
  const flights: Flights = {};
  const taken = { ...lease, generation: 4 };
  const adopt = createAdopt(
    { vault, flights, tell: (event) => told.push(event) },
    async (arrival) => {
      arrivals.push(arrival);
      return outcome ?? { kind: 'taken', lease: taken };
    },
    async (permit, refreshToken) => permit.keepRefreshToken(refreshToken),
  );
  return { vault, flights, now, arrivals, told, taken, adopt };
};

const sent = (more: Partial<TokenResponse> = {}): TokenResponse => ({
  access_token: 'sent',
  expires_in: 300,
  ...more,
});

test('what is adopted goes the way of every token, and the machine is told of its lease', async () => {
  const { now, arrivals, told, taken, adopt } = stage();
  expect(await adopt(sent({ refresh_token: 'newer' }), now, counts)).toBe(true);
  expect(arrivals).toMatchObject([
    { by: 'adoption', answer: { tokens: { accessToken: 'sent', refreshToken: 'newer' }, sentAt: now } },
  ]);
  expect(told).toEqual([{ type: 'session.adopt', lease: taken }]);
});

test.each<Outcome>([{ kind: 'overtaken' }, { kind: 'switched' }])(
  'what the commit does not take is not told: %j',
  async (outcome) => {
    const { now, told, adopt } = stage({}, outcome);
    expect(await adopt(sent(), now, counts)).toBe(false);
    expect(told).toEqual([]);
  },
);

test.each([
  ['another epoch', { ...counts, epoch: 6 }],
  ['a time when nobody was signed in', undefined],
])('what was asked for in %s changes nothing, and must be an answer all the same', async (_when, since) => {
  const { now, arrivals, adopt } = stage();
  expect(await adopt(sent(), now, since)).toBe(false);
  await expect(adopt({} as never, now, since)).rejects.toMatchObject({ code: 'response_invalid' });
  expect(arrivals).toEqual([]);
});

test('what was asked for while somebody else was here is not theirs who signed in since', async () => {
  const { flights, now, arrivals, adopt } = stage();
  flights.replacedAt = deadlineAfter(now, 10);
  for (const afterMs of [0, 10]) expect(await adopt(sent(), deadlineAfter(now, afterMs), counts)).toBe(false);
  await expect(adopt({} as never, now, counts)).rejects.toMatchObject({ code: 'response_invalid' });
  expect(arrivals).toEqual([]);
  expect(await adopt(sent(), deadlineAfter(now, 11), counts)).toBe(true);
  // Where it names somebody it is judged by that.
  await adopt(sent({ id_token: jwt({ sub: 'ada', iat: 1200 }) }), now, counts);
  expect(arrivals).toHaveLength(2);
});

test('what was asked for by nobody and comes to nobody is dropped', async () => {
  const { vault, now, arrivals, adopt } = stage();
  vault.wipe();
  expect(await adopt(sent(), now, undefined)).toBe(false);
  expect(arrivals).toEqual([]);
});

describe('what was asked for', () => {
  const tokenOf = (iat: unknown): string => jwt({ sub: 'ada', iat });

  test.each<[string, unknown, unknown, boolean | 'by the request']>([
    ['issued before ours', 99, 100, false],
    ['issued after ours', 101, 100, true],
    ['issued in the same second', 100, 100, 'by the request'],
    ['without a date', undefined, 100, 'by the request'],
    ['while ours has no date', 100, undefined, 'by the request'],
    ['while neither has', undefined, undefined, 'by the request'],
    ['with a date that is no number', '101', 100, 'by the request'],
    ['while that of ours is none', 99, '100', 'by the request'],
  ])('%s (%j, ours %j) is taken: %s', async (_how, iat, heldIat, isTaken) => {
    const requests = [
      [0, counts, true],
      [1, counts, true],
      [-1, counts, false],
      [0, { ...counts, generation: 2 }, false],
    ] as const;
    for (const [afterMs, since, isLater] of requests) {
      const { now, adopt } = stage({ accessToken: tokenOf(heldIat) });
      const response = sent({ access_token: jwt({ sub: 'ada', iat, jti: 'other' }) });
      const wanted = isTaken === 'by the request' ? isLater : isTaken;
      expect(await adopt(response, deadlineAfter(now, afterMs), since)).toBe(wanted);
    }
  });

  test('is another user’s, however old: it goes to where that is judged', async () => {
    const { now, arrivals, adopt } = stage({ accessToken: tokenOf(100) });
    await adopt(sent({ access_token: jwt({ sub: 'bob', iat: 99 }) }), now, counts);
    expect(arrivals).toHaveLength(1);
  });
});

test('a token is as old as the ID token beside it shows', async () => {
  const { now, arrivals, adopt } = stage();
  const id_token = jwt({ sub: 'ada', iat: 1200 });
  await adopt(sent({ access_token: jwt({ sub: 'ada', iat: 1000 }), id_token }), now, counts);
  expect(arrivals[0]!.answer.facts.expires_in).toBe(100);
});

test('what is refused says by what call, and what that takes', async () => {
  const { now, adopt } = stage();
  await expect(adopt(sent({ expires_in: -1 }), now, counts)).rejects.toThrow(
    /^session\.adopt failed: .*`expires_in`.* It takes a token endpoint's answer as it came$/,
  );
});

test('and it quotes no token that is here', async () => {
  const { now, adopt } = stage();
  const refusal = { error: 'invalid_grant', error_description: 'the token held is spent' } as never;
  const error: unknown = await adopt(refusal, now, counts).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'grant_refused' });
  expect(String(error)).not.toContain('held');
});

describe('an answer that is not taken', () => {
  test.each<[string, Partial<TokenResponse>, false | string]>([
    ['brings the access token at hand', { access_token: 'held' }, false],
    ['cannot be used', { expires_in: -1 }, 'response_invalid'],
  ])('because it %s leaves its newer refresh token, if it has one', async (_why, odd, wanted) => {
    for (const [refresh_token, kept] of [
      ['newer', 'newer'],
      [undefined, 'refresh'],
    ] as const) {
      const { vault, now, arrivals, adopt } = stage();
      const response = { ...sent(odd), ...(refresh_token && { refresh_token }) };
      const outcome = await adopt(response, now, counts).catch(({ code }: SessionError) => code);
      expect(outcome).toBe(wanted);
      expect(vault.permitRenewal().read()).toMatchObject({ accessToken: 'held', refreshToken: kept });
      expect(arrivals).toEqual([]);
    }
  });
});

describe('an answer in which tokens are looked for', () => {
  const looking = (extractTokens?: () => unknown) => {
    const adopted: unknown[][] = [];
    const warnings: SessionError[] = [];
    const adopt = async (...of: unknown[]): Promise<boolean> => (adopted.push(of), true);
    const options = (extractTokens ? { extractTokens } : {}) as never;
    const adoptFrom = createAdoptFrom(adopt, { options, onWarning: (warning) => warnings.push(warning) });
    const { now } = stage();
    return { adopted, warnings, look: () => adoptFrom(new Response(), counts, now), now };
  };

  test('has them adopted as of when it was asked for', async () => {
    const { adopted, look, now } = looking(() => sent());
    await look();
    expect(adopted).toEqual([[sent(), now, counts]]);
  });

  test.each<[string, (() => unknown) | undefined]>([
    ['holds none', () => undefined],
    ['holds none, says null', () => null],
    ['nobody looks into', undefined],
  ])('and which %s costs nothing', async (_what, extractTokens) => {
    const { adopted, warnings, look } = looking(extractTokens);
    await look();
    expect([adopted, warnings]).toEqual([[], []]);
  });

  test('is passed on where the look fails, and the app is warned', async () => {
    const { warnings, look } = looking(() => {
      throw new RangeError('planted');
    });
    await look();
    expect(warnings).toMatchObject([
      { code: 'option_invalid', message: expect.stringContaining('`extractTokens` failed') as string },
    ]);
  });
});
