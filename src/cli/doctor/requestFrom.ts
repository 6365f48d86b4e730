import type { RequestMention } from '../../explain/failedGrant.ts';
import { CliError } from '../cliError.ts';
import type { CliIo } from '../cliIo.ts';
import type { HttpRequest } from '../curl/httpRequest.ts';
import { toldIn } from '../paste/answerAlone.ts';
import { chooseExchange } from '../paste/chooseExchange.ts';
import type { Exchange, HttpAnswer } from '../paste/exchange.ts';
import { faultIn } from '../paste/faultIn.ts';
import { exchangeLines } from '../paste/exchangeLines.ts';
import type { Silence } from '../paste/silence.ts';
import { plainText } from '../paste/plainText.ts';
import { readPaste } from '../paste/readPaste.ts';
import { type Tool, toolOf } from '../paste/toolOf.ts';
import { unreadProgram } from '../paste/whatItIs.ts';
import { headerOf } from '../request/headerOf.ts';
import { misplacedSecretIn } from '../request/misplacedSecret.ts';
import type { DoctorOptions } from './doctorOptions.ts';
import type { Cover } from './masking/createCover.ts';
import { suspectsIn, suspectsInAnswer } from './masking/suspectsIn.ts';
import { suspectsInText } from './masking/suspectsInText.ts';
import type { ReadText } from './readText.ts';
import { withKnownAddress } from './withKnownAddress.ts';
import { withOrigin } from './withOrigin.ts';

/** What was pasted, as far as it is examined. */
export interface Pasted {
  readonly sent?: HttpRequest | undefined;
  readonly answer?: HttpAnswer | undefined;
  readonly silence?: Silence | undefined;
  readonly mention?: RequestMention | undefined;
  readonly tool?: Tool | undefined;
  /** How it was read. */
  readonly notes: readonly string[];
}

const isComplete = ({ issuer, tokenEndpoint, clientId }: DoctorOptions): boolean =>
  (issuer ?? tokenEndpoint) !== undefined && clientId !== undefined;

const isTold = ({ status, error, errorDescription, answer }: DoctorOptions): boolean =>
  [status, error, errorDescription, answer].some((each) => each !== undefined);

const TOO_LITTLE =
  'Nothing to look at: give a failing request as a file, what was answered with --error or --answer, or --issuer and --client-id. See token-vigil doctor --help';

const NO_CLIENT =
  '--issuer alone names no client: add --client-id, and the set-up is checked, or give a failing request';

const tooLittle = ({ issuer }: DoctorOptions): CliError => new CliError(issuer ? NO_CLIENT : TOO_LITTLE);

/** Where the request comes from; `undefined`: the options say enough, or a terminal is at our standard input. */
const pathOf = (options: DoctorOptions, isTerminal: boolean): string | undefined => {
  if (options.curl !== undefined) return options.curl;
  return isComplete(options) || isTerminal || options.answer === '-' ? undefined : '-';
};

const MOST_SUSPECTS = 1000;

const suspectsOf = ({ request, answer }: Exchange): readonly string[] => [
  ...(request ? [...suspectsIn(request), misplacedSecretIn(request)?.value ?? ''].filter(Boolean) : []),
  ...(answer ? suspectsInAnswer(answer) : []),
];

/** Of the others only the addresses are shown. */
const coverAll = (chosen: Exchange, exchanges: readonly Exchange[], cover: Cover): void => {
  const suspects = new Set(suspectsOf(chosen));
  if (suspects.size > MOST_SUSPECTS)
    throw new CliError('The request has far more fields than a token request');
  for (const exchange of exchanges) {
    if (suspects.size < MOST_SUSPECTS) for (const suspect of suspectsOf(exchange)) suspects.add(suspect);
  }
  for (const suspect of suspects) cover.add(suspect);
};

const coverText = (text: string, cover: Cover): void => {
  for (const suspect of suspectsInText(text)) cover.add(suspect);
};

/** Not by their names: somebody may have given a token in place of one. */
const REQUEST_FILE = 'The file with the request';
const ANSWER_FILE = 'The file with the answer';

const CHANGED_PLACES =
  '`client_id` and `client_secret` have changed places: the token was issued to the client that stands in the place of the secret.';
const NO_NAME =
  'What stands in the place of `client_id` looks like a secret. It is not shown, and was not sent: put the id of the client there.';

const placeNotes = (request: HttpRequest | undefined): readonly string[] => {
  const misplaced = request && misplacedSecretIn(request);
  if (!misplaced) return [];
  return [misplaced.isSwapped ? CHANGED_PLACES : NO_NAME];
};

const HIDDEN_BY_WGET = 'wget hides what was answered: run it with `--content-on-error`, and paste that too.';
const IN_FILE =
  'The command reads a file, which the doctor does not. To have it examined, put its content in the place of the file.';
const TOKENS =
  'These are tokens that were granted, so the request for them worked. To examine one, give it with --refresh-token-file or --access-token-file, with --issuer and --client-id.';

const answerNotes = (text: string, { request, answer }: Exchange): readonly string[] => {
  const isGranted = !request && answer?.status === 200 && /"access_token"/.test(answer.text);
  const isHidden = answer?.text === '' && /awaiting response\.{3}/.test(text);
  return [
    ...(request ? [] : unreadProgram(text)),
    ...(request?.hasFiles ? [IN_FILE] : []),
    ...(isGranted ? [TOKENS] : []),
    ...(isHidden ? [HIDDEN_BY_WGET] : []),
  ];
};

/** The consoles of Chrome and Safari say whose page it was, where the request does not. */
const ORIGIN =
  /\borigin ['"‘]?(null|https?:\/\/[\w.:[\]-]{1,200})['"’]? (?:has been blocked by CORS policy|is not allowed by Access-Control-Allow-Origin)/i;

const originTold = (text: string, request: HttpRequest): string | undefined =>
  headerOf(request, 'origin') === undefined ? ORIGIN.exec(text)?.[1] : undefined;

const pastedIn = (text: string, options: DoctorOptions, cover: Cover, nowSeconds: number): Pasted => {
  coverText(text, cover);
  const exchanges = readPaste(text);
  const choice = chooseExchange(exchanges, options.request, (each) =>
    faultIn(withKnownAddress(each, options).request, nowSeconds),
  );
  coverAll(choice.exchange, exchanges, cover);
  const { request, answer, silence, mention } = choice.exchange;
  const known = request && withKnownAddress(request, options);
  return {
    sent: known && withOrigin(known.request, options.origin ?? originTold(text, known.request)),
    answer,
    silence,
    mention,
    tool: request && toolOf(request, choice.exchange.tool),
    notes: [
      ...placeNotes(request),
      ...(known?.notes ?? []),
      ...answerNotes(text, choice.exchange),
      ...exchangeLines(exchanges, choice),
    ],
  };
};

const readRequest = async (
  path: string,
  options: DoctorOptions,
  readText: ReadText,
  cover: Cover,
  nowMs: number,
): Promise<Pasted> => {
  const text = await readText(path, REQUEST_FILE);
  if (text.trim() !== '') return pastedIn(text, options, cover, Math.floor(nowMs / 1000));
  if (path === '-' && isTold(options)) return { notes: [] };
  throw path === '-' ? tooLittle(options) : new CliError(`${REQUEST_FILE} is empty`);
};

type Told = Pick<Pasted, 'answer' | 'silence'>;

/** What stands in a file of its own is the answer, whatever it is. */
const readAnswer = async (path: string, readText: ReadText, cover: Cover): Promise<Told> => {
  const text = plainText(await readText(path, ANSWER_FILE));
  if (text.trim() === '') throw new CliError(`${ANSWER_FILE} is empty`);
  coverText(text, cover);
  const { answer, silence } = toldIn(text);
  if (!answer && silence) return { silence };
  const found = answer ?? { headers: [], text };
  for (const suspect of suspectsInAnswer(found).slice(0, MOST_SUSPECTS)) cover.add(suspect);
  return { answer: found };
};

/** The failing request and its answer, or a {@link CliError} where neither they nor a set-up were given. */
export const requestFrom = async (
  options: DoctorOptions,
  { stdin, nowMs }: Pick<CliIo, 'stdin' | 'nowMs'>,
  readText: ReadText,
  cover: Cover,
): Promise<Pasted> => {
  const path = pathOf(options, stdin.isTTY === true);
  const pasted: Pasted =
    path === undefined ? { notes: [] } : await readRequest(path, options, readText, cover, nowMs());
  const { answer, silence }: Told =
    options.answer === undefined ? pasted : await readAnswer(options.answer, readText, cover);
  if (pasted.sent || answer || silence || isComplete(options) || isTold(options))
    return { ...pasted, answer, silence };
  throw tooLittle(options);
};
