import type { MachineSettings } from '../../machines/sessionContext.ts';
import type { UserMapper } from '../claims/user.ts';
import { SessionError } from '../errors/sessionError.ts';
import type { SignedOutRequests } from '../gate/passage.ts';
import type { GrantSettings, WithDefaults } from '../grants/grantOptions.ts';
import { silentMode } from '../grants/signIn/silentMode.ts';
import { parseUrl } from '../url/parseUrl.ts';
import { defaults } from './defaults.ts';
import { given } from './given.ts';
import type { Platform } from './platform.ts';
import type { IdleOptions, SessionOptions } from './sessionOptions.ts';

/** The options of a session with every default filled in: nothing behind this asks again what was meant. */
export type Settings = GrantSettings &
  WithDefaults<
    Pick<SessionOptions, 'name' | 'activity' | 'tabs' | 'waitTimeout'>,
    'name' | 'activity' | 'tabs' | 'waitTimeout'
  > &
  Pick<SessionOptions, 'onWarning' | 'inspect'> & {
    readonly user?: UserMapper<unknown>;
    readonly tokenOrigins: readonly string[];
    readonly idle: WithDefaults<IdleOptions, keyof typeof defaults.idle>;
    readonly signedOut: { readonly requests: SignedOutRequests };
    /** The machine's part of it. */
    readonly machine: MachineSettings;
  };

const fail = (option: string, what: string): never => {
  throw new SessionError('option_invalid', `createSession: \`${option}\` must ${what}`);
};

const requireEach = (
  options: Readonly<Record<string, unknown>>,
  isRight: (value: unknown) => unknown,
  what: string,
): void => {
  for (const [option, value] of Object.entries(options)) {
    if (!isRight(value)) fail(option, what);
  }
};

const isDurationOrAbsent = (value: unknown): boolean =>
  value === undefined || (typeof value === 'number' && value > 0 && value < Infinity);

/** Refuses options that cannot work, at once and by name. */
const check = (options: SessionOptions<unknown>): void => {
  const { issuer, clientId, redirectUri, silentRedirectUri, storage } = options;
  const { maxRenewAhead, defaultTokenLifetime, waitTimeout, tokenTimeout } = options;
  const { after, signOutAfter, warnBefore } = options.idle || {};
  requireEach({ issuer, clientId }, (value) => value && typeof value === 'string', 'be a text');
  requireEach(
    { issuer, redirectUri, silentRedirectUri },
    (value) => value === undefined || parseUrl(value as string),
    'be an absolute URL',
  );
  requireEach(
    {
      'idle.after': after,
      'idle.signOutAfter': signOutAfter,
      'idle.warnBefore': warnBefore,
      maxRenewAhead,
      defaultTokenLifetime,
      waitTimeout,
      tokenTimeout,
    },
    isDurationOrAbsent,
    'be a number of milliseconds above 0',
  );
  for (const name of ['get', 'set', 'remove'] as const)
    if (storage && typeof storage[name] !== 'function') fail(`storage.${name}`, 'be a function');
  if (signOutAfter! < after!) fail('idle.signOutAfter', 'not be shorter than `idle.after`');
};

const withDefaults = <Options extends object, Defaults extends Partial<Options>>(
  options: Options,
  standard: Defaults,
) => ({ ...standard, ...given(options) }) as unknown as WithDefaults<Options, keyof Options & keyof Defaults>;

/**
 * Everything about a session that the app can say, complete.
 *
 * @throws {SessionError} `option_invalid`
 */
export const resolveOptions = <User>(
  options: SessionOptions<User>,
  { window }: Pick<Platform, 'window'>,
): Settings => {
  check(options);
  const settings = withDefaults<SessionOptions<User>, typeof defaults>(options, defaults);
  const idle = withDefaults<IdleOptions, typeof defaults.idle>(options.idle || {}, defaults.idle);
  const silent = silentMode(options, window?.location.href);
  return {
    ...settings,
    name: options.name ?? `${options.issuer} ${options.clientId}`,
    tokenOrigins: [settings.tokenOrigins].flat(),
    idle,
    signedOut: withDefaults<SessionOptions['signedOut'] & {}, typeof defaults.signedOut>(
      settings.signedOut,
      defaults.signedOut,
    ),
    silent,
    machine: {
      rescue: silent === 'frame',
      idle:
        options.idle === false
          ? null
          : {
              afterMs: idle.after ?? null,
              signOutAfterMs: idle.signOutAfter ?? null,
              warnBeforeMs: idle.warnBefore,
              confirm: idle.confirm,
              renewOnRequest: idle.requests === 'renew',
            },
    },
  };
};
