import { balancedEnd } from './balancedEnd.ts';
import { looseObject } from './looseObject.ts';

/** Names that only answers have. */
const OF_ANSWER =
  /^(?:error|error_?description|errorCode|errorSummary|errorMessage|errors|errcode|errmsg|message|detail|title|fault|__type|statusCode|access_token|id_token|active|sub|keys|issuer)$/i;
/** Names that only requests have. */
const OF_REQUEST = /^(?:grant_?type|client_?secret|password|code_?verifier)$/i;

export const isOfAnswer = (object: Readonly<Record<string, unknown>>): boolean => {
  const names = Object.keys(object);
  // axios says so where the page saw no answer.
  if (object['code'] === 'ERR_NETWORK') return false;
  return names.some((name) => OF_ANSWER.test(name)) && !names.some((name) => OF_REQUEST.test(name));
};

const BEGINNING = /(?<![\w$@`{])\{(?=\s*(?:["'}]|\w+\s*:))/g;
const MOST_TRIED = 20;

/** Where an object in a text ends that may be cut off. */
const endOf = (text: string, start: number): number => {
  const end = balancedEnd(text, start);
  return end === -1 ? text.length : end;
};

/** The first object in a text that is an answer, as it is written. */
export const jsonAnswerIn = (text: string): string | undefined => {
  let tried = 0;
  let end = 0;
  for (const { index } of text.matchAll(BEGINNING)) {
    if (index < end) continue;
    tried += 1;
    if (tried > MOST_TRIED) return undefined;
    end = endOf(text, index);
    const written = text.slice(index, end);
    const object = looseObject(written);
    if (object && isOfAnswer(object)) return written;
  }
  return undefined;
};
