import { saidIn } from '../doctor/network/saidIn.ts';
import { answerIn } from './answer/answerIn.ts';
import { escapedAnswerIn } from './answer/escapedAnswerIn.ts';
import { eventIn } from './answer/eventIn.ts';
import { looseObject } from './answer/looseObject.ts';
import { retoldAnswerIn } from './answer/retoldAnswerIn.ts';
import { withSentence } from './answer/withSentence.ts';
import type { Exchange, HttpAnswer } from './exchange.ts';
import { mentionIn } from './mentionIn.ts';
import { silenceIn } from './silence.ts';

/** Objects that say nothing of a failure: a configuration, tokens that were got before. */
const isOfNoFailure = ({ headers, text }: HttpAnswer): boolean => {
  const object = looseObject(text);
  if (!object || headers.length > 0 || 'active' in object) return false;
  const { error, description } = saidIn(object);
  return error === undefined && description === undefined;
};

/** Tokens by themselves came with a good status. */
const withStatus = (answer: HttpAnswer): HttpAnswer =>
  answer.status === undefined && isOfNoFailure(answer) && 'access_token' in Object(looseObject(answer.text))
    ? { ...answer, status: 200 }
    : answer;

/** Only a status, which a text may tell of anything. */
const isStatusAlone = ({ headers, text }: HttpAnswer): boolean => headers.length === 0 && text.trim() === '';

/** What the text says beside such an object, if it is a failure. */
const besides = (answer: HttpAnswer, text: string): HttpAnswer | undefined => {
  const rest = text.replace(answer.text, () => ' ');
  const other = answerIn(rest);
  return other && !isStatusAlone(other) && !isOfNoFailure(other) ? other : retoldAnswerIn(rest);
};

/** What Keycloak answers, beside what it logs then: a log has the events of others, too. */
const loggedBeside: readonly (readonly [answered: RegExp, logged: RegExp])[] = [
  [
    /^Invalid user credentials/i,
    /^(?:invalid_user_credentials|user_not_found|user_(?:temporarily_)?disabled)$/,
  ],
  [
    /^(?:Invalid client |UNKNOWN_CLIENT)/i,
    /^(?:invalid_client_credentials|client_not_found|client_disabled)$/,
  ],
  [/^Code not valid/i, /^(?:invalid|expired)_code$/],
  [/^(?:Token verification failed|User session not found)/i, /^user_session_not_found$/],
];

const isLoggedBeside = (answered: string, logged: string): boolean =>
  loggedBeside.some(([words, events]) => words.test(answered) && events.test(logged));

/** Keycloak logs what it tells nobody, such as that a user is locked out. */
const withCodeOf = (event: string, answer: HttpAnswer): HttpAnswer => {
  const { error: logged = '' } = saidIn(looseObject(event) ?? {});
  const { error, description = '' } = saidIn(looseObject(answer.text) ?? {});
  return error !== undefined && isLoggedBeside(description, logged)
    ? { ...answer, text: JSON.stringify({ error, error_description: logged }) }
    : answer;
};

/** What was made of words, or says less, where the text has an event that says it by name. */
const orEvent = (answer: HttpAnswer, text: string): HttpAnswer => {
  const event = eventIn(text);
  if (event === undefined) return answer;
  const isVerbatim = text.includes(answer.text) || answer.text === escapedAnswerIn(text);
  return isVerbatim || answer.headers.length > 0 ? withCodeOf(event, answer) : { ...answer, text: event };
};

/** What a text tells of an answer: itself, else why there was none, else what somebody says of it. */
export const toldIn = (text: string): Pick<Exchange, 'answer' | 'silence'> => {
  const found = answerIn(text);
  const answer = found && isOfNoFailure(found) ? (besides(found, text) ?? withStatus(found)) : found;
  if (answer && !isStatusAlone(answer)) return { answer: orEvent(withSentence(answer, text), text) };
  const silence = silenceIn(text);
  if (silence) return { silence };
  const retold = retoldAnswerIn(text);
  return { answer: retold ? { ...retold, status: answer?.status } : answer };
};

/** A text without a request, with what it says of the request. */
export const answerAlone = (text: string): Exchange | undefined => {
  const told = toldIn(text);
  return told.answer || told.silence ? { ...told, mention: mentionIn(text) } : undefined;
};
