import { saidIn } from '../../doctor/network/saidIn.ts';
import type { HttpAnswer } from '../exchange.ts';
import { looseObject } from './looseObject.ts';
import { sentenceIn } from './sentenceIn.ts';

/** What was made of words may have taken any of them for the sentence. */
const isSure = (description: string | undefined, isVerbatim: boolean): boolean =>
  description !== undefined && (isVerbatim || sentenceIn(description) !== undefined);

/** An answer of which only the code is sure, with the sentence that the text around it has of the same server. */
export const withSentence = (answer: HttpAnswer, around: string): HttpAnswer => {
  const object = looseObject(answer.text);
  if (!object || isSure(saidIn(object).description, around.includes(answer.text))) return answer;
  const sentence = sentenceIn(around, saidIn(object).error);
  return sentence === undefined
    ? answer
    : { ...answer, text: JSON.stringify({ ...object, error_description: sentence }) };
};
