import { tidy } from '../doctor/tidy.ts';
import { requestShapeOf } from '../request/requestShapeOf.ts';
import type { Choice } from './chooseExchange.ts';
import type { Exchange } from './exchange.ts';

const MOST_LISTED = 20;

const lineOf = ({ request, answer, label }: Exchange, at: number): string => {
  const { method, url } = request ? requestShapeOf(request) : { method: 'an answer', url: '' };
  const name = label ? ` (${tidy(label, 60)})` : '';
  return `  ${at + 1}. ${method} ${tidy(url)}${name}${answer?.status ? `: ${answer.status}` : ''}`;
};

/** Which of several was chosen and why, then what there is; nothing, where there is one. */
export const exchangeLines = (exchanges: readonly Exchange[], { number, why }: Choice): readonly string[] => {
  if (exchanges.length === 1) return [];
  const more = exchanges.length - MOST_LISTED;
  return [
    `There are ${exchanges.length} requests. Number ${number} is examined, since ${why}; --request <number> takes another:`,
    ...exchanges.slice(0, MOST_LISTED).map(lineOf),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
};
