import type { SessionErrorCode } from '../errors/sessionError.ts';
import type { Cause } from './cause.ts';
import { causes } from './causes.ts';
import { library } from './causes/library.ts';
import { docsOf } from './docsOf.ts';
import type { RankedCause } from './explanation.ts';

/** What a code means where nothing more of an answer is known: ids of the tables. */
export const meanings: ReadonlyMap<SessionErrorCode, readonly string[]> = new Map([
  ['client_refused', ['client-refused', 'request-malformed']],
  ['grant_refused', ['grant-refused']],
  ['sign_in_refused', ['access-denied', 'grant-refused']],
  ['provider_unavailable', ['server-unavailable', 'server-error']],
  ['network_failed', ['offline-or-blocked']],
  ['response_invalid', ['gateway-answers']],
]);

const toRanked = ({ id, title, remedy, check }: Cause, code: string, isOnly: boolean): RankedCause => ({
  id,
  title,
  certainty: isOnly ? 'shown' : 'possible',
  evidence: [`The code of the error is \`${code}\`.`],
  remedy,
  check,
  docs: docsOf(id),
});

/** The causes of an error by its code alone. `shown`: the code says just this. */
export const causesOfCode = (code: SessionErrorCode): readonly RankedCause[] => {
  const own = library.filter((cause) => cause.code === code);
  const general = (meanings.get(code) ?? []).flatMap((id) => causes.filter((cause) => cause.id === id));
  const isOnly = own.length === 1 && general.length === 0;
  return [...own, ...general].map((cause) => toRanked(cause, code, isOnly));
};
