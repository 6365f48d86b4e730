import { describe, expect, test } from 'vitest';
import type { SessionError } from '../../../src/errors/sessionError.ts';
import type { Provider } from '../../../src/grants/protocol/provider.ts';
import { createPrompting } from '../../../src/grants/signIn/prompting.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import { emptyRecord, withPrompt } from '../../../src/record/sessionRecord.ts';

const afterASignOut = (supported?: readonly string[]) => {
  const warnings: SessionError[] = [];
  const metadata = { issuer: 'https://id.test', ...(supported && { prompt_values_supported: supported }) };
  const { withPrompt: prompted } = createPrompting(
    { metadata: async () => metadata } as unknown as Provider,
    {
      record: createMemoryRecord(withPrompt(emptyRecord, 0)),
      options: { askUserWith: { max_age: 0 } } as never,
      onWarning: (warning) => warnings.push(warning),
    },
  );
  return { prompted, warnings };
};

describe('the sign-in after a sign-out', () => {
  test('asks by a prompt, also where the provider says nothing of prompts', async () => {
    for (const supported of [undefined, ['none', 'login']]) {
      const { prompted, warnings } = afterASignOut(supported);
      expect(await prompted({ scope: 'openid' })).toEqual({ scope: 'openid', prompt: 'login' });
      expect(warnings).toEqual([]);
    }
  });

  test('asks otherwise where the provider offers none, and says so once', async () => {
    const { prompted, warnings } = afterASignOut(['none', 'consent']);
    expect(await prompted({})).toEqual({ max_age: 0 });
    expect(await prompted({ max_age: 60 })).toEqual({ max_age: 60 });
    expect(warnings.map(({ code }) => code)).toEqual(['provider_unsupported']);
  });

  test('leaves the prompt that the app asked for', async () => {
    const { prompted } = afterASignOut();
    expect(await prompted({ prompt: 'select_account' })).toEqual({ prompt: 'select_account' });
  });
});
