import type { IdleOptions } from 'token-vigil';

/** What the server needs to know. */
export interface ServerSettings {
  /** The realm's issuer, exactly as its discovery document states it. */
  readonly issuer: string;
  /** A confidential client. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where browsers reach this server: scheme, host and port. Cookies are `Secure` where it is https. */
  readonly origin: string;
  /** When a user counts as away, and what follows. */
  readonly idle?: IdleOptions;
  /** Told one line per request and event; none holds a token, a code or a cookie. @default `console.log` */
  readonly log?: (line: string) => void;
}

/** From the environment: secrets do not belong on a command line. */
export const settingsFrom = (env: NodeJS.ProcessEnv): ServerSettings => ({
  issuer: env['ISSUER'] ?? 'http://localhost:8080/realms/my_realm',
  clientId: env['CLIENT_ID'] ?? 'my_server',
  clientSecret: env['CLIENT_SECRET'] ?? fail('CLIENT_SECRET'),
  origin: new URL(env['ORIGIN'] ?? 'http://localhost:3000').origin,
});

const fail = (name: string): never => {
  throw new Error(`Set ${name} in the environment: docs/examples/express/README.md`);
};
