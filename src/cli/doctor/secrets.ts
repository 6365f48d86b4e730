import type { CliIo } from '../cliIo.ts';
import { CliError } from '../cliError.ts';
import type { DoctorOptions } from './doctorOptions.ts';
import type { ReadText } from './readText.ts';

/** What may be given beside a request. */
export interface Secrets {
  readonly refreshToken?: string | undefined;
  readonly accessToken?: string | undefined;
  readonly clientSecret?: string | undefined;
}

const sources = [
  { key: 'refreshToken', file: 'refreshTokenFile', env: 'TOKEN_VIGIL_REFRESH_TOKEN', word: 'refresh token' },
  { key: 'accessToken', file: 'accessTokenFile', env: 'TOKEN_VIGIL_ACCESS_TOKEN', word: 'access token' },
  { key: 'clientSecret', file: 'clientSecretFile', env: 'TOKEN_VIGIL_CLIENT_SECRET', word: 'client secret' },
] as const satisfies readonly { key: keyof Secrets; file: keyof DoctorOptions; env: string; word: string }[];

type Source = (typeof sources)[number];

const askFor = async ({ word }: Source, { promptHidden, stdin }: CliIo): Promise<string> => {
  if (!stdin.isTTY) throw new CliError('--prompt needs a terminal');
  return promptHidden(`${word} (not shown; Enter: none): `);
};

const find = async (
  source: Source,
  options: DoctorOptions,
  io: CliIo,
  readText: ReadText,
): Promise<string> => {
  const path = options[source.file];
  if (path !== undefined) return readText(path, `The file of the ${source.word}`);
  const inEnvironment = io.env[source.env];
  if (inEnvironment) return inEnvironment;
  return options.prompt ? askFor(source, io) : '';
};

/** From files, the environment and the prompt, in this order; the line end that editors add is no part of them. */
export const secretsFrom = async (
  options: DoctorOptions,
  io: CliIo,
  readText: ReadText,
): Promise<Secrets> => {
  const found: { -readonly [key in keyof Secrets]: Secrets[key] } = {};
  for (const source of sources)
    found[source.key] = (await find(source, options, io, readText)).trim() || undefined;
  return found;
};
