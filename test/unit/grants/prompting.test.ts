import { describe, expect, test } from 'vitest';
import type { Provider } from '../../../src/grants/protocol/provider.ts';
import { createPrompting } from '../../../src/grants/signIn/prompting.ts';
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
