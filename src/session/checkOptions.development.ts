import { requireType } from '../errors/requireType.ts';
import { SessionError } from '../errors/sessionError.ts';
import type { CustomGrants, Endpoints } from '../grants/grantOptions.ts';
import type { Clock, Milliseconds } from '../time/clock.ts';
import { nearestName } from './nearestName.ts';
import type { IdleOptions, SessionOptions } from './sessionOptions.ts';
import { warn } from './warn.ts';

/** What an option may be. */
interface Kind {
  /** In words, after "must be". */
  readonly what: string;
  isRight(value: unknown): boolean;
  /** A duration under this looks like seconds. */
  readonly shortest?: Milliseconds;
  /** The options within. */
  readonly within?: Kinds;
}

type Kinds = Readonly<Record<string, Kind>>;

/** All of them: an option that is missing here does not compile. */
type KindsOf<Options> = { readonly [Name in keyof Required<Options>]: Kind };

const isText = (value: unknown): boolean => typeof value === 'string';
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
const isList = (value: unknown): boolean => Array.isArray(value);

const text: Kind = { what: 'a string', isRight: isText };
const flag: Kind = { what: '`true` or `false`', isRight: (value) => typeof value === 'boolean' };
const called: Kind = { what: 'a function', isRight: isFunction };
const object: Kind = { what: 'an object', isRight: (value) => isObject(value) && !isList(value) };
const list: Kind = { what: 'an array', isRight: isList };

const either = (...kinds: readonly Kind[]): Kind => ({
  what: kinds.map(({ what }) => what).join(' or '),
  isRight: (value) => kinds.some(({ isRight }) => isRight(value)),
});
const exactly = (...values: readonly unknown[]): Kind => ({
  what: values.map((value) => `\`${JSON.stringify(value)}\``).join(' or '),
  isRight: (value) => values.includes(value),
});
const duration = (shortest: Milliseconds = 1000): Kind => ({
  what: 'a number of milliseconds',
  isRight: (value) => typeof value === 'number',
  shortest,
});
const holding = <Options>(within: KindsOf<Options>, kind = object): Kind => ({ ...kind, within });

const clockMethods = ['wallMs', 'monotonicMs', 'setTimeout', 'clearTimeout'] as const;

const kinds: KindsOf<SessionOptions> = {
  issuer: text,
  clientId: text,
  clientSecret: text,
  clientAuthentication: exactly('client_secret_basic', 'client_secret_post'),
  endpoints: holding<Endpoints>({
    authorization_endpoint: text,
    token_endpoint: text,
    revocation_endpoint: text,
    end_session_endpoint: text,
    jwks_uri: text,
  }),
  scope: text,
  tokenParameters: object,
  redirectUri: text,
  onReturn: called,
  silent: exactly('frame', 'redirect', false),
  silentRedirectUri: text,
  askUserWith: object,
  grants: holding<CustomGrants>({ signIn: called, refresh: called }),
  storage: object,
  extractTokens: called,
  maxRenewAhead: duration(),
  defaultTokenLifetime: duration(),
  tokenTimeout: duration(100),
  validateIdTokenSignature: flag,
  allowInsecureRequests: flag,
  name: text,
  tabs: flag,
  tokenOrigins: either(text, list),
  idle: holding<IdleOptions>(
    {
      after: duration(),
      signOutAfter: duration(),
      warnBefore: duration(),
      confirm: flag,
      requests: exactly('reject', 'hold', 'renew'),
      rotatingDisplay: flag,
    },
    either(exactly(false), object),
  ),
  signedOut: holding<SessionOptions['signedOut'] & {}>({
    requests: either(exactly('reject', 'send'), called),
  }),
  activity: list,
  user: called,
  waitTimeout: duration(100),
  fetch: called,
  clock: {
    what: 'a clock, with all methods of `Clock`',
    isRight: (value) => clockMethods.every((name) => isFunction((Object(value) as Partial<Clock>)[name])),
  },
  onWarning: called,
  inspect: either(called, object),
};

/** By kind alone: a value can be a secret. */
const shown = (value: unknown): string => {
  if (value === null) return 'null';
  return isList(value) ? 'array' : typeof value;
};

const fail = (what: string): never => {
  throw new SessionError('option_invalid', `createSession: ${what}`);
};

const told = new Set<string>();

/**
 * What only development asks: whether each option is known, and of the right type; and whether a duration looks like seconds.
 *
 * @throws {SessionError} `option_invalid`
 */
export const checkOptions = <User>(options: SessionOptions<User>): void => {
  const tellOfSeconds = (path: string, given: number, shortest: Milliseconds): void => {
    const message = `createSession: \`${path}\` is ${given} milliseconds. Seconds? Then it is ${given * 1000}`;
    if (given <= 0 || given >= shortest || told.has(message)) return;
    told.add(message);
    warn(options, new SessionError('option_invalid', message));
  };

  const checkEach = (given: object, known: Kinds, path: string): void => {
    for (const [name, value] of Object.entries(given)) {
      const full = path + name;
      const kind = Object.hasOwn(known, name) ? known[name] : undefined;
      if (!kind) {
        const meant = nearestName(name, Object.keys(known));
        fail(`\`${full}\` is no option${meant ? `. Is \`${path}${meant}\` meant?` : ''}`);
      } else if (value !== undefined) {
        if (!kind.isRight(value)) fail(`\`${full}\` must be ${kind.what}, not ${shown(value)}`);
        if (kind.shortest !== undefined) tellOfSeconds(full, value as number, kind.shortest);
        if (kind.within && value) checkEach(value as object, kind.within, `${full}.`);
      }
    }
  };

  checkEach(requireType('object', options), kinds, '');
};
