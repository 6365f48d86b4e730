import fc from 'fast-check';
import { API, OTHER_API } from './addresses.ts';

/** How one run is set up. */
export interface Setting {
  readonly lifeSeconds: number;
  /** `null`: the provider does not say. */
  readonly refreshSeconds: number | null;
  /** The provider's absolute limit. */
  readonly maxSeconds: number | null;
  readonly skewMs: number;
  readonly wallOffsetMs: number;
  readonly idle:
    | false
    | { after: number; signOutAfter?: number; confirm?: boolean; requests?: 'reject' | 'hold' | 'renew' };
  readonly storage: boolean;
  /** A sign-in is the first thing that happens. */
  readonly begins: 'signingIn' | 'new';
  readonly silent: 'frame' | 'redirect' | false;
  /** What renews: our refresh grant, a frame, the app's own function with the refresh token or with a cookie alone. */
  readonly renewal: 'refresh token' | 'frame' | 'own' | 'cookie';
  /** Access tokens are JWTs. */
  readonly jwt: boolean;
  readonly origins: readonly string[];
  /** What the app calls whenever its page is loaded. */
  readonly app: 'start' | 'require';
  /** How the provider can be signed out at. */
  readonly endSession: 'page' | 'keycloak' | false;
  /** Everything is answered at once, but for what is told to hang. */
  readonly prompt: boolean;
  /** What comes last, in a world without faults. */
  readonly epilogue: 'stays' | 'outage' | 'quiet outage' | 'refused' | 'told to wait';
}

/** What most runs and scripts have in common. */
export const plainSetting: Setting = {
  lifeSeconds: 10,
  refreshSeconds: 60,
  maxSeconds: null,
  skewMs: 0,
  wallOffsetMs: 0,
  storage: true,
  begins: 'new',
  silent: false,
  renewal: 'refresh token',
  jwt: false,
  origins: [API],
  app: 'start',
  endSession: false,
  prompt: true,
  idle: { after: 15_000, signOutAfter: 60_000 },
  epilogue: 'stays',
};

const some = <const T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** A renewal in a frame needs frames. */
export const fitting = (setting: Setting): Setting =>
  setting.renewal === 'frame' ? { ...setting, silent: 'frame' } : setting;

/** Any setting; the plainer ones more often. */
export const settings: fc.Arbitrary<Setting> = fc
  .record({
    lifeSeconds: some(5, 10, 60),
    refreshSeconds: some(20, 30, 120, null),
    maxSeconds: some(null, null, null, 90),
    skewMs: some(0, 0, 3_600_000 * 5, -3_600_000 * 5),
    wallOffsetMs: some(0, 0, 3_600_000),
    storage: fc.boolean(),
    begins: some('signingIn', 'signingIn', 'signingIn', 'new'),
    silent: some<Setting['silent']>(false, 'frame', 'frame', 'redirect'),
    renewal: some('refresh token', 'refresh token', 'refresh token', 'frame', 'own', 'cookie'),
    jwt: fc.boolean(),
    origins: some([API], [API], ['self', API], [API, OTHER_API]),
    app: some('start', 'start', 'require'),
    endSession: some<Setting['endSession']>(false, 'page', 'keycloak'),
    prompt: some(true, false, false),
    idle: fc.oneof(
      fc.record({
        after: some(8000, 15_000),
        signOutAfter: some(40_000, 60_000),
        confirm: fc.boolean(),
        requests: some('reject', 'hold', 'renew'),
      }),
      fc.record({ after: some(8000, 15_000), requests: some('reject', 'hold') }),
      fc.constant(false as const),
    ),
    epilogue: some('stays', 'stays', 'outage', 'quiet outage', 'refused', 'told to wait'),
  })
  .map(fitting);
