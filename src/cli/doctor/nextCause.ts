import type { RankedCause } from '../../explain/explanation.ts';
import type { FailedGrant } from '../../explain/failedGrant.ts';
import { isAboutToken } from '../../explain/facts.ts';
import { explain } from '../../explain/index.ts';
import type { HttpRequest } from '../curl/httpRequest.ts';
import { requestShapeOf } from '../request/requestShapeOf.ts';

const afterThat = (sentence: string): string =>
  sentence.replace(
    /^With a junk token the answer was/,
    'After that, the answer to the corrected request was',
  );

/** What is wrong once the faults of the request are mended: the corrected request was refused as well. */
export const nextCause = (
  { server, nowSeconds }: FailedGrant,
  corrected: HttpRequest | undefined,
): RankedCause | undefined => {
  const junkTokenAnswer = server?.correctedAnswer;
  if (!corrected || !junkTokenAnswer || isAboutToken(junkTokenAnswer)) return undefined;
  const request = requestShapeOf(corrected);
  const [next] = explain({
    request,
    nowSeconds,
    server: { ...server, junkTokenAnswer, correctedAnswer: undefined },
  });
  return next && { ...next, evidence: next.evidence.map(afterThat) };
};

/** Behind what is surer, which comes first. At most one cause is shown. */
export const withNext = (
  causes: readonly RankedCause[],
  next: RankedCause | undefined,
): readonly RankedCause[] => {
  const sure = causes.filter(({ certainty }) => certainty !== 'possible');
  if (!next || next.certainty === 'possible' || sure.length === 0) return causes;
  if (sure.some(({ id }) => id === next.id)) return causes;
  const rest = causes.filter((cause) => cause.certainty === 'possible' && cause.id !== next.id);
  return [...sure, { ...next, certainty: 'likely' }, ...rest];
};
