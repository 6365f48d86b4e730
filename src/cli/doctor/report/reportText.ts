import type { RankedCause } from '../../../explain/explanation.ts';
import type { EndpointKind } from '../../../explain/failedGrant.ts';
import type { Asked } from '../network/createAsk.ts';
import type { Verdict } from '../verdict.ts';
import type { Report } from './report.ts';
import type { Terminal } from './terminal.ts';
import { tokenLines } from './tokenLines.ts';
import { tokenRows } from './tokenRows.ts';
import { hang, wrap } from './wrap.ts';

const heads = {
  healthy: { word: 'Healthy', format: 'green' },
  fault: { word: 'Fault', format: 'red' },
  cannot_tell: { word: 'Cannot tell', format: 'yellow' },
} as const;

const verdictLine = ({ kind, summary }: Verdict, { paint }: Terminal): string => {
  const { word, format } = heads[kind];
  return `${paint(format, `${word}:`)} ${summary}`;
};

const certainties = { shown: 'shown', likely: 'likely', possible: 'possible' } as const;

const causeLines = (cause: RankedCause, index: number, { width, paint }: Terminal): readonly string[] => [
  '',
  ...hang(`${index + 1}. `, `${cause.title} (${certainties[cause.certainty]})`, width).map((line) =>
    paint('bold', line),
  ),
  ...cause.evidence.flatMap((sentence) => hang('   seen    ', sentence, width)),
  ...hang('   change  ', cause.remedy, width),
  ...hang('   check   ', cause.check, width),
  // To be copied in one piece.
  `   more    ${cause.docs}`,
];

const outcomeOf = ({ status, error, noAnswer }: Asked): string =>
  noAnswer ? `no answer, ${noAnswer.replaceAll('_', ' ')}` : [status, error].filter(Boolean).join(' ');

const askedLines = (asked: Asked, { width }: Terminal): readonly string[] => [
  ...hang('  ', `${asked.what}: ${outcomeOf(asked)}`, width),
  `    ${asked.method} ${asked.url}`,
];

const clockLines = (seconds = 0): readonly string[] =>
  Math.abs(seconds) < 2
    ? []
    : [`The server's clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} this machine's.`];

const titled = (title: string, lines: readonly string[], { paint }: Terminal): readonly string[] =>
  lines.length === 0 ? [] : ['', paint('bold', title), ...lines];

const endpoints: { readonly [kind in EndpointKind]: string } = {
  token: 'the token endpoint',
  authorization: 'the authorization endpoint',
  userinfo: 'the userinfo endpoint',
  introspection: 'the introspection endpoint',
  revocation: 'the revocation endpoint',
  logout: 'the logout endpoint',
  device: 'the device authorization endpoint',
  registration: 'the client registration endpoint',
  metadata: 'public metadata',
  admin: "the provider's admin API",
  api: 'an API',
  gateway: 'an API behind a gateway',
};

const requestLine = ({ endpoint, failure }: Report): readonly string[] =>
  endpoint && failure.request
    ? [`The request goes to ${endpoints[endpoint]}: ${failure.request.method} ${failure.request.url}`]
    : [];

/** The server's own words. */
const answerLine = ({ failure: { answer } }: Report): readonly string[] => {
  if (!answer) return [];
  const { status, isStatusUnknown, error, challengeError, errorDescription, challengeDescription } = answer;
  const words = errorDescription ?? challengeDescription;
  const said = [isStatusUnknown ? undefined : status, error ?? challengeError, words && `"${words}"`];
  const told = said.filter(Boolean).join(' ');
  return told ? [`The server said: ${told}`] : [];
};

/** The verdict in one line, then what speaks for it, then the tokens, the questions and the corrected request. */
export const reportText = (report: Report, terminal: Terminal): string => {
  const { verdict, causes, failure, asked, notes, corrected } = report;
  const remarks = [...notes, ...clockLines(failure.server?.clockDifferenceSeconds)];
  const lines = [
    verdictLine(verdict, terminal),
    ...[...requestLine(report), ...answerLine(report), ...remarks].flatMap((line) =>
      wrap(line, terminal.width),
    ),
    ...causes.flatMap((cause, index) => causeLines(cause, index, terminal)),
    ...titled('Tokens', tokenLines(tokenRows(failure), terminal), terminal),
    ...titled(
      'Asked',
      asked.flatMap((each) => askedLines(each, terminal)),
      terminal,
    ),
    ...titled('The request as it should be, secrets left out', corrected?.split('\n') ?? [], terminal),
  ];
  return `${lines.join('\n')}\n`;
};
