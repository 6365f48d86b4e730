import { isOfAnswer } from './jsonAnswerIn.ts';
import { looseObject } from './looseObject.ts';

/** An object without others inside, as it stands in a string of a log: `"{\"error\":\"invalid_grant\"}"`, however deep. */
const ESCAPED = /\{\s*\\+"[^{}]{1,4000}\}/g;
const MOST_TRIED = 20;

/** A line break in it is one in what was logged. */
const unescaped = (text: string): string => text.replaceAll(/\\+(["'/])/g, '$1').replaceAll(/\\+[nrt]/g, ' ');

/** The first answer that a log holds in a string of its own. */
export const escapedAnswerIn = (text: string): string | undefined =>
  [...text.matchAll(ESCAPED)]
    .slice(0, MOST_TRIED)
    .map(([written]) => unescaped(written))
    .find((written) => {
      const object = looseObject(written);
      return object !== undefined && isOfAnswer(object);
    });
