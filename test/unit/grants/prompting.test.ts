import { describe, expect, test } from 'vitest';
import type { Provider } from '../../../src/grants/protocol/provider.ts';
import type { TokenAnswer } from '../../../src/grants/protocol/tokenAnswer.ts';
import { createPrompting, wasAsked } from '../../../src/grants/signIn/prompting.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import { emptyRecord, withPrompt } from '../../../src/record/sessionRecord.ts';

const afterASignOut = (supported?: readonly string[]) =>
  createPrompting(
    {
      metadata: async () => ({
        issuer: 'https://id.test',
        ...(supported && { prompt_values_supported: supported }),
      }),
    } as unknown as Provider,
    {
      record: createMemoryRecord(withPrompt(emptyRecord, 0)),
      flights: {},
      options: { askUserWith: { max_age: 0, ui_locales: 'de' } } as never,
    },
  );

describe('the sign-in after a sign-out', () => {
  test('asks by a prompt, also where the provider says nothing of prompts', async () => {
    for (const supported of [undefined, ['none', 'login']]) {
      expect(await afterASignOut(supported).withPrompt({ scope: 'openid' })).toEqual({
        scope: 'openid',
        prompt: 'login',
      });
    }
  });

  test('asks otherwise where the provider offers none, and checks the max_age of the app alone', async () => {
    const { withPrompt: prompted } = afterASignOut(['none', 'consent']);
    expect(await prompted({})).toEqual({ uncheckedMaxAge: 0, ui_locales: 'de' });
    expect(await prompted({ max_age: 60 })).toMatchObject({ max_age: 60 });
  });

  test('leaves the prompt that the app asked for', async () => {
    const { withPrompt: prompted } = afterASignOut();
    expect(await prompted({ prompt: 'select_account' })).toEqual({ prompt: 'select_account' });
  });
});

describe('whether the user was asked since a sign-out', () => {
  const sentAt = { wallMs: 1_000_000, monotonicMs: 0 };
  // Issued half a minute ahead of this clock.
  const [iat, after] = [1030, 1_000_000];

  test.each([
    ['signed in as it was issued', { iat, auth_time: iat }, after, true],
    ['signed in before that', { iat, auth_time: iat }, after + 1, false],
    ['signed in ten seconds earlier', { iat, auth_time: iat - 10 }, after - 10_000, true],
    ['signed in earlier than that', { iat, auth_time: iat - 10 }, after - 9999, false],
    ['signed in once, where nobody knows since when', { iat, auth_time: iat - 100 }, null, true],
    ['does not say when', { iat }, null, false],
    ['does not say when it was issued', { auth_time: iat }, null, false],
    ['says it in words', { iat: String(iat), auth_time: String(iat) }, null, false],
    ['is none', undefined, null, false],
  ])('is shown by an ID token that %s', (_what, claims, promptLoginSinceWallMs, wanted) => {
    const answer = { claims, sentAt, tokens: { accessToken: 'a' }, facts: {} } as TokenAnswer;
    const since = { ...emptyRecord, promptLogin: true, promptLoginSinceWallMs };
    expect([wasAsked(answer, false)(since), wasAsked(answer, true)(since)]).toEqual([wanted, true]);
  });
});
