import { parseArgs } from 'node:util';
import { type ExampleApp, exampleApps } from './server/exampleApps.ts';

/** What `npm start` was asked for. */
export interface Arguments {
  readonly help: boolean;
  /** Plays the story without a browser. */
  readonly headless: boolean;
  /** Plays it with lives three times as long. */
  readonly slow: boolean;
  /** Where the page should be; the provider and the API follow. */
  readonly port: number;
  /** The port was said, and is not to be another. */
  readonly isPortAsked: boolean;
  /** The address of a Keycloak that takes the place of the embedded provider. */
  readonly keycloak: string | undefined;
  /** An example app in place of the demo's page. */
  readonly app: ExampleApp | undefined;
}

/** The command line does not make sense; the message says why in one line. */
export class UsageError extends Error {}

/** What can be said on the command line. */
export const usage = `npm start                     opens the demo on http://localhost:4710
npm start -- --port 8000      … on a port of your choice
npm start -- --app vue        serves an example app: ${exampleApps.join(', ')}
npm start -- --headless       plays the story in this terminal, without a browser
npm start -- --headless --slow
                              … in three minutes, for a machine with other work
npm start -- --keycloak http://localhost:8180
                              on a Keycloak with the demo's realm, which npm run keycloak starts`;

const options = {
  help: { type: 'boolean', default: false },
  headless: { type: 'boolean', default: false },
  slow: { type: 'boolean', default: false },
  port: { type: 'string' },
  keycloak: { type: 'string' },
  app: { type: 'string' },
} as const;

/** Understands the command line, or throws a {@link UsageError}. */
export function readArguments(args: readonly string[]): Arguments {
  const { port, keycloak, app, ...flags } = parse(args);
  const isPortAsked = port !== undefined;
  if (flags.slow && !flags.headless) throw new UsageError('--slow is for --headless');
  if (flags.slow && keycloak) throw new UsageError("--slow cannot change how long a Keycloak's tokens live");
  return {
    ...flags,
    port: portFrom(port ?? '4710'),
    isPortAsked,
    keycloak: keycloak && addressFrom(keycloak),
    app: app === undefined ? undefined : appFrom(app),
  };
}

function parse(args: readonly string[]) {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  for (const token of tokens) if (token.kind !== 'option' || !(token.name in options)) throw unknown(token);
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError((error as Error).message.split(/[.\n]/)[0]);
  }
}

function unknown(token: { kind: string; rawName?: string; value?: string | undefined }): UsageError {
  const known = Object.keys(options).map((name) => `--${name}`);
  return new UsageError(`Unknown: ${token.rawName ?? token.value ?? '--'}. There is ${known.join(', ')}`);
}

function portFrom(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port must be a number up to 65535, not "${text}"`);
}

function appFrom(text: string): ExampleApp {
  const found = exampleApps.find((name) => name === text);
  if (found) return found;
  throw new UsageError(`--app must be one of ${exampleApps.join(', ')}, not "${text}"`);
}

function addressFrom(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
  throw new UsageError(`--keycloak must be an address like http://localhost:8180, not "${text}"`);
}
