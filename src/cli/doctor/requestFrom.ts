import { CliError } from '../cliError.ts';
import type { HttpRequest } from '../curl/httpRequest.ts';
import { parseCurl } from '../curl/parseCurl.ts';
import type { DoctorOptions } from './doctorOptions.ts';
import type { Cover } from './masking/createCover.ts';
import { suspectsIn } from './masking/suspectsIn.ts';
import type { ReadText } from './readText.ts';
import { withOrigin } from './withOrigin.ts';

const isComplete = ({ issuer, tokenEndpoint, clientId }: DoctorOptions): boolean =>
  (issuer ?? tokenEndpoint) !== undefined && clientId !== undefined;

const TOO_LITTLE =
  'Nothing to look at: give a failing request with --curl <file>, or --issuer and --client-id. See token-vigil doctor --help';

/** Where the request comes from; `undefined`: the options say enough, or a terminal is at our standard input. */
const pathOf = (options: DoctorOptions, isTerminal: boolean): string | undefined => {
  if (options.curl !== undefined) return options.curl;
  return isComplete(options) || isTerminal ? undefined : '-';
};

const MOST_SUSPECTS = 1000;

const readRequest = async (path: string, readText: ReadText, cover: Cover): Promise<HttpRequest> => {
  const text = await readText(path, 'The file of --curl');
  if (text.trim() === '') throw new CliError(path === '-' ? TOO_LITTLE : 'The file of --curl is empty');
  const request = parseCurl(text);
  const suspects = suspectsIn(request);
  if (suspects.length > MOST_SUSPECTS)
    throw new CliError('The request has far more fields than a token request');
  for (const suspect of suspects) cover.add(suspect);
  return request;
};

/** The failing request, or a {@link CliError} where neither it nor a set-up was given. */
export const requestFrom = async (
  options: DoctorOptions,
  isTerminal: boolean,
  readText: ReadText,
  cover: Cover,
): Promise<HttpRequest | undefined> => {
  const path = pathOf(options, isTerminal);
  if (path !== undefined) return withOrigin(await readRequest(path, readText, cover), options.origin);
  if (isComplete(options)) return undefined;
  throw new CliError(options.issuer ? '--issuer goes with --client-id' : TOO_LITTLE);
};
