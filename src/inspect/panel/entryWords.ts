import type { Failure } from '../../../machines/sessionContext.ts';
import { inWords, reasonWords } from '../guardWords.ts';
import type { InspectEntry } from '../inspectEntry.ts';

const failureWords = (failure: Failure | null): string =>
  failure ? `${failure.code}${failure.status === null ? '' : ` (HTTP ${failure.status})`}` : '';

const signIns = {
  restore: 'Looking for a session',
  interactive: 'Sign-in',
  rescue: 'Silent sign-in',
} as const;

const outcomes = { granted: 'succeeded', failed: 'failed', abandoned: 'brought nothing' } as const;

const stepWords = ({ event, micro }: Extract<InspectEntry, { kind: 'step' }>): string => {
  const edges = micro.flatMap(({ edge, state }) => (edge ? `${state} (${edge.split('--')[1]})` : []));
  return [event.type, ...edges].join(' → ');
};

const requestWords = ({
  type,
  call,
  method,
  origin,
  path,
  status,
  error,
}: Extract<InspectEntry, { kind: 'request' }>['request']): string =>
  // What differs comes first: a narrow row is cut off at its end.
  [`#${call} ${type}`, status, error, `· ${method} ${origin}${path}`]
    .filter((part) => part !== undefined)
    .join(' ');

const factWords = ({ fact }: Extract<InspectEntry, { kind: 'fact' }>): string => {
  const name = `Fact ${fact.type}`;
  if (fact.type === 'expired') return `${name}: ${reasonWords(fact.reason)}`;
  return fact.type === 'renewalFailed' ? `${name}: ${failureWords(fact.failure)}` : name;
};

const renewalWords = (entry: Extract<InspectEntry, { kind: 'renewal' }>): string => {
  const name = `Renewal of token ${entry.generation}`;
  if (entry.outcome === 'begun') return `${name} begun`;
  return `${name} ${outcomes[entry.outcome]} after ${inWords(entry.durationMs)} ${failureWords(entry.failure)}`.trim();
};

const signInWords = (entry: Extract<InspectEntry, { kind: 'signIn' }>): string => {
  const name = signIns[entry.by];
  if (entry.outcome === 'begun') return `${name} begun`;
  return `${name} ${outcomes[entry.outcome]} after ${inWords(entry.durationMs)} ${failureWords(entry.failure)}`.trim();
};

const tabWords = ({ message }: Extract<InspectEntry, { kind: 'tab' }>): string => {
  const { direction, type, generation } = message;
  const meanings = {
    changed: 'the record has changed',
    renewed: `token ${generation} is the newest`,
    asked: `who has token ${generation}?`,
    answered: `here is token ${generation}`,
    vain: 'the provider was asked in vain',
  } as const;
  return `${direction === 'sent' ? 'To the other tabs' : 'From another tab'}: ${meanings[type]}`;
};

const words: {
  readonly [Kind in InspectEntry['kind']]: (entry: Extract<InspectEntry, { kind: Kind }>) => string;
} = {
  started: ({ state }) => `The session runs, in ${state}`,
  stopped: () => 'The session was stopped',
  step: stepWords,
  fact: factWords,
  renewal: renewalWords,
  signIn: signInWords,
  deadlines: () => 'The deadlines have moved',
  presence: ({ present }) => (present ? 'The user is there' : 'The user counts as away'),
  request: ({ request }) => requestWords(request),
  tab: tabWords,
};

/** An entry in one line. */
export const entryWords = (entry: InspectEntry): string => words[entry.kind](entry as never);

/** The failure that an entry tells of, if there is one. */
export const failureIn = (entry: InspectEntry): Failure | null => {
  if (entry.kind === 'renewal' || entry.kind === 'signIn')
    return entry.outcome === 'begun' ? null : entry.failure;
  if (entry.kind === 'fact' && entry.fact.type === 'renewalFailed') return entry.fact.failure;
  return null;
};
