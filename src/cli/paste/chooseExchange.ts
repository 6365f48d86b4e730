import { CliError } from '../cliError.ts';
import { looseObject } from './answer/looseObject.ts';
import type { HttpRequest } from '../curl/httpRequest.ts';
import { bodyFieldsOf } from '../request/bodyFields.ts';
import { namesGrant } from '../request/namesGrant.ts';
import { queryFieldsOf } from '../request/queryFields.ts';
import type { Exchange, HttpAnswer } from './exchange.ts';

/** One of several, and why that one. */
export interface Choice {
  readonly exchange: Exchange;
  /** From 1. */
  readonly number: number;
  /** As the rest of "it is examined, since …". */
  readonly why: string;
}

const isFailure = (answer: HttpAnswer | undefined): boolean =>
  answer !== undefined &&
  ((answer.status ?? 0) >= 400 || typeof looseObject(answer.text)?.['error'] === 'string');

const isOfGrant = (request: HttpRequest | undefined): boolean =>
  request !== undefined && namesGrant([...bodyFieldsOf(request.body).fields, ...queryFieldsOf(request)]);

const reasons: readonly (readonly [is: (exchange: Exchange) => boolean, why: string])[] = [
  [({ request, answer }) => isFailure(answer) && isOfGrant(request), 'it asked for tokens and failed'],
  [
    ({ request, answer }) =>
      isFailure(answer) && [400, 401, 403].includes(answer?.status ?? 400) && request !== undefined,
    'it failed',
  ],
  [({ answer }) => isFailure(answer), 'it failed'],
  [({ request }) => isOfGrant(request), 'it is the first that asks for tokens'],
  [() => true, 'it is the first'],
];

const named = (exchanges: readonly Exchange[], number: number): Choice => {
  const exchange = exchanges[number - 1];
  if (exchange) return { exchange, number, why: 'you said so' };
  const count = exchanges.length;
  throw new CliError(
    `--request ${number} is not there: ${count === 1 ? 'there is one request' : `there are ${count} requests`}`,
  );
};

/** The exchange that is to be examined: the one that somebody named, else the one that failed. */
export const chooseExchange = (exchanges: readonly Exchange[], number: number | undefined): Choice => {
  if (number !== undefined) return named(exchanges, number);
  for (const [is, why] of reasons) {
    const at = exchanges.findIndex(is);
    if (at !== -1) return { exchange: exchanges[at]!, number: at + 1, why };
  }
  throw new CliError('There is no request in the input');
};
