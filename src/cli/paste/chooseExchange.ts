import type { Certainty } from '../../explain/explanation.ts';
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

/** How sure it is that a request is faulty, by reading alone. */
type Read = (request: HttpRequest) => Certainty | undefined;

/** More than anybody pastes to have it read. */
const MOST_READ = 200;

/** What was answered well is in order, however it reads. */
const isRead =
  (certainty: Certainty) =>
  ({ request, answer }: Exchange, read: Read, at: number): boolean =>
    at < MOST_READ && request !== undefined && answer === undefined && read(request) === certainty;

type Is = (exchange: Exchange, read: Read, at: number) => boolean;

const reasons: readonly (readonly [is: Is, why: string])[] = [
  [({ request, answer }) => isFailure(answer) && isOfGrant(request), 'it asked for tokens and failed'],
  [
    ({ request, answer }) =>
      isFailure(answer) && [400, 401, 403].includes(answer?.status ?? 400) && request !== undefined,
    'it failed',
  ],
  [({ answer }) => isFailure(answer), 'it failed'],
  [({ silence }) => silence !== undefined, 'it got no answer'],
  [isRead('shown'), 'a fault is in plain sight there'],
  [isRead('likely'), 'something seems wrong there'],
  [({ request }) => isOfGrant(request), 'it is the first that asks for tokens'],
  [() => true, 'it is the first'],
];

const named = (exchanges: readonly Exchange[], number: number): Choice => {
  const exchange = exchanges[number - 1];
  if (exchange) return { exchange, number, why: 'you chose it' };
  const count = exchanges.length;
  throw new CliError(
    `--request ${number} is not there: ${count === 1 ? 'there is one request' : `there are ${count} requests`}`,
  );
};

/** The exchange that is to be examined: the one that somebody named, else one that failed, else one that cannot but fail. */
export const chooseExchange = (
  exchanges: readonly Exchange[],
  number: number | undefined,
  read: Read,
): Choice => {
  if (number !== undefined) return named(exchanges, number);
  for (const [is, why] of exchanges.length === 1 ? reasons.slice(-1) : reasons) {
    const at = exchanges.findIndex((exchange, index) => is(exchange, read, index));
    if (at !== -1) return { exchange: exchanges[at]!, number: at + 1, why };
  }
  throw new CliError('There is no request in the input');
};
