import type { InspectEntry } from '../inspectEntry.ts';
import { failureIn } from './entryWords.ts';
import { whyHeld } from './whyHeld.ts';

const CAUSES = 'docs/causes.md';

/** Why a request was held, or why something failed, as far as `token-vigil/explain` knows; it is loaded when it is asked for the first time. */
export const explainEntry = async (
  entry: InspectEntry,
  entries: readonly InspectEntry[],
): Promise<string> => {
  const held = whyHeld(entry, entries);
  if (held) return held;
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
  return first ? `${first.title} ${first.remedy} (${first.id}, see ${CAUSES})` : '';
};
