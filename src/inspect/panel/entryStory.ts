import type { Recorded } from '../backlog.ts';
import { edgesIn } from '../edgesIn.ts';
import { endStory, isEnd } from './endStory.ts';
import type { Moments } from './moments.ts';
import { requestStory } from './requestStory.ts';

/** What is behind an entry, in sentences: why a request was held, why an edge was taken, why the session is over. */
export const entryStory = (
  { entries }: Pick<Recorded, 'entries'>,
  moments: Moments,
  index: number,
): readonly string[] => {
  const entry = entries[index];
  if (!entry) return [];
  if (entry.kind === 'request') return requestStory(entries, moments, index, entry);
  if (entry.kind === 'fact' && entry.fact.type === 'expired') return endStory({ entries }, moments, index);
  if (entry.kind !== 'step') return [];
  const before = moments.at(index - 1).machine;
  const why = before ? edgesIn(before, entry.micro, entry.at).map(({ why: words }) => words) : [];
  return isEnd(entry) ? [...why, ...endStory({ entries }, moments, index)] : why;
};
