import type { SessionErrorCode } from '../../src/errors/sessionError.ts';
import type { AnswerPattern } from '../../src/explain/answerPattern.ts';
import type { Cause } from '../../src/explain/cause.ts';
import { library } from '../../src/explain/causes/library.ts';
import { meanings } from '../../src/explain/causesOfCode.ts';
import { codeOfAnswer } from '../../src/grants/protocol/errorCode.ts';

/** The grants of the library, and what it calls `invalid_grant` in each. */
const refusals: readonly (readonly [grantType: string, code: SessionErrorCode])[] = [
  ['refresh_token', 'grant_refused'],
  ['authorization_code', 'sign_in_refused'],
  ['password', 'sign_in_refused'],
];

const codesOfPattern = (
  { status = 400, error, noAnswer, isReadable, isMalformed }: AnswerPattern,
  refused: SessionErrorCode,
): SessionErrorCode => {
  if (noAnswer || isReadable === false) return 'network_failed';
  if (isMalformed) return 'response_invalid';
  const [first = 400] = [status].flat();
  return codeOfAnswer(first, error, { refused, isUnscoped: refused === 'grant_refused' });
};

/** The codes of the errors that a cause can be behind, as an app meets them. */
export const codesOf = (cause: Cause): readonly SessionErrorCode[] => {
  const { id, endpoints = ['token'], grants, answers = [], answersWithClue = [] } = cause;
  const own = library.filter((entry) => entry.id === id).map(({ code }) => code);
  // Our own discovery refuses such an issuer.
  const ofSetUp = id === 'issuer-differs' ? (['option_invalid'] as const) : [];
  const general = [...meanings].filter(([, ids]) => ids.includes(id)).map(([code]) => code);
  const asked = refusals.filter(([grantType]) => grants?.includes(grantType) ?? true);
  const answered = endpoints.includes('token')
    ? asked.flatMap(([, refused]) =>
        [...answers, ...answersWithClue].map((pattern) => codesOfPattern(pattern, refused)),
      )
    : [];
  return [...new Set([...own, ...ofSetUp, ...general, ...answered])];
};
