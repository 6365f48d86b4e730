import { nobody } from '../../machines/sessionContext.ts';
import type { Base } from './backlog.ts';

/** What there can be while nobody is signed in. */
const WITHOUT_TOKENS: ReadonlySet<string> = new Set([
  'login',
  'loginFailure',
  'attempts',
  'lastActivity',
  'leaving',
  'looking',
  'foundElsewhere',
  'lookWanted',
]);

const namesOfSession = (Object.keys(nobody) as (keyof typeof nobody)[]).filter(
  (name) => !WITHOUT_TOKENS.has(name),
);

const isSignedIn = (state: string): boolean => /^(authenticated|refreshing|idle)/.test(state);

/**
 * Whether the machine can know this in this state: what it reads without a question is there. Each value of a file can be
 * right by itself, and all of them impossible together.
 */
export const isPossible = ({ state, context }: Base): boolean => {
  const { lease, lastActivity, warned, settings } = context;
  if (warned && !settings.idle) return false;
  if (lease) return lastActivity !== null;
  return !isSignedIn(state) && namesOfSession.every((name) => context[name] === nobody[name]);
};
