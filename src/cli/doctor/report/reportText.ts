import type { RankedCause } from '../../../explain/explanation.ts';
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
  ...hang('   page    ', cause.docs, width),
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

/** The verdict in one line, then what speaks for it, then the tokens, the questions and the corrected request. */
export const reportText = (report: Report, terminal: Terminal): string => {
  const { verdict, causes, failure, asked, notes, corrected } = report;
  const remarks = [...notes, ...clockLines(failure.server?.clockDifferenceSeconds)];
  const lines = [
    verdictLine(verdict, terminal),
    ...remarks.flatMap((note) => wrap(note, terminal.width)),
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
