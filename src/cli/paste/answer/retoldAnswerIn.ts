import type { HttpAnswer } from '../exchange.ts';
import { eventIn } from './eventIn.ts';
import { codeIn, sentenceIn } from './sentenceIn.ts';

/** What a log, an exception or a person says that a server said, by the words that servers are known to use. */
export const retoldAnswerIn = (text: string): HttpAnswer | undefined => {
  const event = eventIn(text);
  if (event !== undefined) return { headers: [], text: event, isRetold: true };
  const description = sentenceIn(text);
  const error = codeIn(text);
  if (description === undefined && error === undefined) return undefined;
  return { headers: [], text: JSON.stringify({ error, error_description: description }), isRetold: true };
};
