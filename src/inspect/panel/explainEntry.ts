import type { InspectEntry } from '../inspectEntry.ts';
import { failureIn } from './entryWords.ts';

/** Why something failed, as far as `token-vigil/explain` knows; it is loaded when it is asked for the first time. */
export const explainEntry = async (entry: InspectEntry): Promise<string> => {
  const failure = failureIn(entry);
  if (!failure) return '';
  const { explainError } = await import('../../explain/index.ts');
  const { code, status, error } = failure;
  const [first] = explainError({
    code: code as never,
    status: status ?? undefined,
    error: error ?? undefined,
    grantType: entry.kind === 'signIn' ? undefined : 'refresh_token',
  });
  return first ? `${first.title} ${first.remedy} (${first.docs})` : '';
};
