import { parseArgs } from 'node:util';
import { CliError } from '../cliError.ts';
import { didYouMean } from '../didYouMean.ts';
import { refuseSecrets } from './refuseSecrets.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const options = {
  curl: text,
  issuer: text,
  'client-id': text,
  'token-endpoint': text,
  origin: text,
  scope: text,
  status: text,
  error: text,
  'error-description': text,
  answer: text,
  request: text,
  'refresh-token-file': text,
  'access-token-file': text,
  'client-secret-file': text,
  prompt: flag,
  offline: flag,
  spend: flag,
  json: flag,
  help: { ...flag, short: 'h' },
  version: { ...flag, short: 'V' },
} as const;

/** What the doctor was asked for. */
export interface DoctorOptions {
  readonly curl?: string | undefined;
  readonly issuer?: string | undefined;
  readonly clientId?: string | undefined;
  readonly tokenEndpoint?: string | undefined;
  readonly origin?: string | undefined;
  readonly scope?: string | undefined;
  readonly status?: number | undefined;
  readonly error?: string | undefined;
  readonly errorDescription?: string | undefined;
  /** A file with what was answered. */
  readonly answer?: string | undefined;
  /** Which of several requests, from 1. */
  readonly request?: number | undefined;
  readonly refreshTokenFile?: string | undefined;
  readonly accessTokenFile?: string | undefined;
  readonly clientSecretFile?: string | undefined;
  readonly prompt: boolean;
  readonly offline: boolean;
  readonly spend: boolean;
  readonly json: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

type Values = {
  readonly [name in keyof typeof options]?:
    | ((typeof options)[name]['type'] extends 'string' ? string : boolean)
    | undefined;
};

const parse = (args: readonly string[]) =>
  parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });

type Token = ReturnType<typeof parse>['tokens'][number];

/** Only a word that cannot be a secret is said back. */
const quoted = (word: string): string => (/^-{1,2}[a-z][a-z-]{0,30}$/i.test(word) ? ` ${word}` : '');

const refuseOption = (token: Extract<Token, { kind: 'option' }>): void => {
  const { name, rawName, value, inlineValue } = token;
  const known = Object.hasOwn(options, name) ? options[name as keyof typeof options] : undefined;
  if (!known) {
    const meant = didYouMean(rawName, Object.keys(options));
    throw new CliError(`Unknown option${quoted(rawName)}.${meant} See token-vigil doctor --help`);
  }
  const isTheNextOption = !inlineValue && value?.startsWith('--');
  if (known.type === 'string' && (!value || isTheNextOption)) throw new CliError(`${rawName} needs a value`);
  if (known.type === 'boolean' && value !== undefined) throw new CliError(`${rawName} takes no value`);
};

const refuse = (token: Token): void => {
  if (token.kind === 'option') refuseOption(token);
};

/** A word of a command or an address is no file, and might be a secret. */
const looksLikeFile = (word: string): boolean =>
  word === '-' ||
  (!/^(curl(\.exe)?|https?|xhs?|wget|irm|iwr|fetch|post|get)$/i.test(word) && !/^\w+:\/\/|[={\n]/.test(word));

/** The file that stands there without an option. */
const fileIn = (words: readonly string[], curl: string | undefined): string | undefined => {
  const [file, ...others] = words;
  if (file === undefined) return curl;
  if (others.length === 0 && looksLikeFile(file) && curl === undefined) return file;
  throw new CliError(
    'doctor takes one file besides its options. Put everything into that file, or pass it on standard input',
  );
};

/** The words after `doctor`, or a {@link CliError}. */
export const doctorOptions = (args: readonly string[]): DoctorOptions => {
  refuseSecrets(args);
  const { tokens, values, positionals } = parse(args);
  for (const token of tokens) refuse(token);
  const { curl, ...others } = values as Values;
  return fromValues({ ...others, curl: fileIn(positionals, curl) });
};

const fromValues = (values: Values): DoctorOptions => ({
  curl: values.curl,
  issuer: values.issuer && issuerFrom(values.issuer),
  clientId: values['client-id'],
  tokenEndpoint: values['token-endpoint'] && urlFrom('--token-endpoint', values['token-endpoint']).href,
  origin: values.origin && originFrom(values.origin),
  scope: values.scope,
  status: values.status === undefined ? undefined : statusFrom(values.status),
  error: values.error,
  errorDescription: values['error-description'],
  answer: values.answer,
  request: values.request === undefined ? undefined : numberFrom(values.request),
  refreshTokenFile: values['refresh-token-file'],
  accessTokenFile: values['access-token-file'],
  clientSecretFile: values['client-secret-file'],
  prompt: values.prompt ?? false,
  offline: values.offline ?? false,
  spend: values.spend ?? false,
  json: values.json ?? false,
  help: values.help ?? false,
  version: values.version ?? false,
});

const urlFrom = (option: string, value: string): URL => {
  if (!URL.canParse(value))
    throw new CliError(`${option} must be an address that begins with http:// or https://`);
  const url = new URL(value);
  if (!/^https?:$/.test(url.protocol)) throw new CliError(`${option} must begin with http:// or https://`);
  if (url.username || url.password) throw new CliError(`${option} must not carry a user name or a password`);
  return url;
};

const WELL_KNOWN = /\/\.well-known\/openid-configuration$/;

/** As it was written: an issuer is compared letter by letter (OpenID Connect Discovery 1.0 §4.3). */
const issuerFrom = (value: string): string => {
  const { search, hash } = urlFrom('--issuer', value);
  if (search || hash) throw new CliError('--issuer must have neither query nor fragment');
  return value.replace(WELL_KNOWN, '');
};

const originFrom = (value: string): string => urlFrom('--origin', value).origin;

const numberFrom = (value: string): number => {
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value);
  throw new CliError('--request must be a number such as 2: which of several requests is meant');
};

const statusFrom = (value: string): number => {
  if (/^[1-5]\d\d$/.test(value)) return Number(value);
  throw new CliError('--status must be an HTTP status such as 401');
};
