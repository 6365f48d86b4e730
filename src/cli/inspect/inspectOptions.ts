import { parseArgs } from 'node:util';
import { CliError } from '../cliError.ts';
import { didYouMean } from '../didYouMean.ts';

/** What the inspector was asked for. */
export interface InspectCommandOptions {
  /** 0: any that is free. */
  readonly port: number;
  readonly origins: readonly string[];
  /** A recording to open. */
  readonly file: string | undefined;
  readonly help: boolean;
  readonly version: boolean;
}

const options = {
  port: { type: 'string' },
  origin: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const;

const DEFAULT_PORT = 7357;

const nameIn = (word: string): string => word.slice(2).split('=')[0] ?? '';

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    const unknown = args.find((word) => word.startsWith('--') && !Object.hasOwn(options, nameIn(word)));
    const meant = unknown ? didYouMean(unknown, Object.keys(options)) : '';
    throw new CliError(
      `inspect takes --port <number>, --origin <origin> and a file.${meant} See token-vigil inspect --help`,
    );
  }
};

const portFrom = (value: string): number => {
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && (port === 0 || (port >= 1024 && port < 65_536))) return port;
  throw new CliError('--port must be a number from 1024 to 65535, or 0 for any that is free');
};

const originFrom = (value: string): string => {
  const { protocol, origin, username, password } = URL.canParse(value) ? new URL(value) : new URL('none:');
  if (/^https?:$/.test(protocol) && !username && !password) return origin;
  throw new CliError('--origin must be the origin of a page, such as https://app.example.com');
};

/** The words after `inspect`, or a {@link CliError}. */
export const inspectOptions = (args: readonly string[]): InspectCommandOptions => {
  const { values, positionals } = parse(args);
  if (positionals.length > 1) throw new CliError('inspect opens one recording at a time');
  return {
    port: values.port === undefined ? DEFAULT_PORT : portFrom(values.port),
    origins: (values.origin ?? []).map(originFrom),
    file: positionals[0],
    help: values.help ?? false,
    version: values.version ?? false,
  };
};
