import { sameTokens } from '../../../machines/sameTokens.ts';
import { subjectIn } from '../../claims/user.ts';
import type { SessionRecord } from '../../record/sessionRecord.ts';
import type { Held } from '../renewTokens.ts';

/** Whether the record shows these as the newest tokens of whoever is signed in: anybody of the origin can say that they are. */
export const isNewest = (known: SessionRecord, { tokens, lease }: Pick<Held, 'tokens' | 'lease'>): boolean =>
  known.who !== null && sameTokens(lease, known) && (subjectIn(tokens.idToken) ?? known.who) === known.who;
