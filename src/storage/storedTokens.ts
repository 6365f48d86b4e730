import type { Lease } from '../../machines/lease.ts';
import { SessionError } from '../errors/sessionError.ts';
import { warnOfNewer } from '../errors/warnOfNewer.ts';
import { type Clock, type Instant, type Milliseconds, readInstant } from '../time/clock.ts';
import { instantAtWall, remainingMs } from '../time/deadline.ts';
import { tokenShape } from '../vault/tokenShape.ts';
import type { TokenSet } from '../vault/vault.ts';
import { hasShape, isCount, isNullOr, isNumber, isText, type Shape } from './hasShape.ts';
import { inTurn, type Turns } from '../time/inTurn.ts';
import { settleWithin } from '../time/settleWithin.ts';
import type { TokenStorage } from './tokenStorage.ts';

/** Longest wait for one answer of a storage. */
const LIMIT_MS: Milliseconds = 2000;

/** No storage compares and removes at once: what is written at the same moment is waited for. */
const OVERTAKING_MS: Milliseconds = 1000;

/** One entry in the app's storage. */
export interface StoredTokens {
  /** The format of the entry. */
  readonly version: 1;
  /** When it was written, milliseconds since the Unix epoch. */
  readonly savedAtWallMs: Milliseconds;
  /** Who issued the tokens, and to which client: what they are shown to. */
  readonly source: string;
  readonly tokens: TokenSet;
  /** Kept by its wall times only; loaded, it is placed on both clocks of this page. */
  readonly lease: Lease;
}

/** What {@link createStoredTokens} works with. */
export interface StoredTokensOptions {
  readonly clock: Clock;
  /** Issuer and client. An entry of others is foreign, whatever the name says: an app can pin a name and change its provider. */
  readonly source: string;
  /** The work on the storage that is under way. */
  readonly flights: Turns<'storage'>;
  /** Told once of each kind of trouble (`storage_ignored`). */
  readonly onWarning: (warning: SessionError) => void;
}

/** A session's entry in the app's storage. No call ever fails; they are carried out one after the other. */
export interface StoredTokensStore {
  load(): Promise<StoredTokens | undefined>;
  /**
   * Not over newer tokens: a page can stand still ahead of it, or have taken them from another. `isSignIn`: over whatever is
   * there, which can be of a sign-in that no record has come to know.
   */
  save(tokens: TokenSet, lease: Lease, isSignIn?: boolean): Promise<void>;
  /**
   * Removes the entry; with a lease, only where it is of that one or older: another page may have written since.
   * `isOvertaken`: another one is about to, since somebody has just signed in there.
   */
  clear(of?: Counts, isOvertaken?: boolean): Promise<void>;
  /** Removes the entry and returns what was in it. */
  take(): Promise<StoredTokens | undefined>;
}

/** An instant on both clocks of this page. */
const isPlaced = (value: unknown): value is Instant =>
  isNumber((value as Partial<Instant> | null)?.monotonicMs);

const isInstant = (value: unknown): value is Instant => isNumber((value as Partial<Instant> | null)?.wallMs);

const leaseShape: Shape<Lease> = {
  epoch: isCount,
  generation: isCount,
  sentAt: isInstant,
  lifeMs: isNumber,
  accessDeadline: isInstant,
  freshUntil: isInstant,
  refreshDeadline: isNullOr(isInstant),
  renewAt: isNullOr(isInstant),
  scope: isNullOr(isText),
};

const storedShape: Shape<StoredTokens> = {
  version: (value) => value === 1,
  savedAtWallMs: isNumber,
  source: isText,
  tokens: (value) => hasShape(value, tokenShape),
  lease: (value) => hasShape(value, leaseShape),
};

type Counts = Pick<Lease, 'epoch' | 'generation'>;

/** Each sign-in has a higher number than those before. */
const isOlder = (a: Counts, b: Counts): boolean =>
  a.epoch < b.epoch || (a.epoch === b.epoch && a.generation < b.generation);

/** By wall times alone, and those by the more pessimistic clock: one that was moved may not lengthen what is left. */
const textOf = (stored: StoredTokens, now: Instant): string =>
  JSON.stringify(stored, (_key, value: unknown) =>
    isPlaced(value) ? { wallMs: now.wallMs + remainingMs(value, now) } : value,
  );

/** `'newer'`: a later release of this library has written it, for pages of its own. */
const storedFrom = (text: string, now: Instant): StoredTokens | 'newer' | undefined => {
  try {
    const entry: unknown = JSON.parse(text, (_key, value: unknown) =>
      isInstant(value) ? instantAtWall(value.wallMs, now) : value,
    );
    if (Number((entry as Partial<StoredTokens> | null)?.version) > 1) return 'newer';
    return hasShape(entry, storedShape) ? entry : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Carries out one piece of work after the real end of the one before, however long that takes: else a slow write would come
 * after the removal that a sign-out asked for. Whoever waits is answered within the limit all the same.
 */
const createQueue =
  ({ clock, flights }: StoredTokensOptions, onFailure: (error: unknown) => undefined) =>
  <T>(work: () => Promise<T>): Promise<T | undefined> =>
    settleWithin(clock, LIMIT_MS, inTurn(flights, 'storage', work)).catch(onFailure);

/** On a server there is no `sessionStorage` to call a method of. */
const nameOf = (thrown: unknown): string => {
  const { name } = Object(thrown) as { name?: unknown };
  const isMissing = name === 'TypeError' && typeof document === 'undefined';
  if (isMissing) return 'TypeError. Outside a page `webStorage` does not work';
  // Whatever else is in a name can be what the storage was given.
  return /^[a-z]*Error$/i.exec(String(name))?.[0] ?? 'Error';
};

/** Keeps the tokens of the session of this name in a storage. */
export const createStoredTokens = (
  storage: TokenStorage,
  name: string,
  options: StoredTokensOptions,
): StoredTokensStore => {
  const { clock, source, onWarning } = options;
  const key = `token-vigil:${name}`;
  const told = new Set<string>();

  const warn = (message: string): undefined => {
    if (told.has(message)) return;
    told.add(message);
    onWarning(new SessionError('storage_ignored', message));
  };

  // The error itself is not passed on: a storage of the app's may put what it was given into it.
  const queued = createQueue(options, (error) => warn(`The token storage fails: ${nameOf(error)}`));

  const load = async (): Promise<StoredTokens | undefined> => {
    const text = await storage.get(key);
    if (text === null || text === undefined) return undefined;
    const stored = storedFrom(text, readInstant(clock));
    if (stored === 'newer') {
      warnOfNewer(onWarning);
      return undefined;
    }
    if (stored?.source === source) return stored;
    warn('A corrupt or foreign entry was removed from the token storage');
    await storage.remove(key);
    return undefined;
  };

  return {
    load: () => queued(load),
    save: (tokens, lease, isSignIn = false) =>
      queued(async () => {
        const kept = isSignIn ? undefined : (await load().catch(() => undefined))?.lease;
        if (kept && isOlder(lease, kept)) return;
        try {
          await storage.set(
            key,
            textOf({ version: 1, savedAtWallMs: clock.wallMs(), source, tokens, lease }, readInstant(clock)),
          );
        } catch (error) {
          // What is there holds a refresh token that is spent.
          await storage.remove(key);
          throw error;
        }
      }),
    clear: (of, isOvertaken = false) =>
      queued(async () => {
        if (isOvertaken) await new Promise<void>((resolve) => clock.setTimeout(resolve, OVERTAKING_MS));
        const found = of && (await load())?.lease;
        const isOurs = !of || (found?.epoch === of.epoch && found.generation <= of.generation);
        if (isOurs) await storage.remove(key);
      }),
    take: () =>
      queued(async () => {
        const stored = await load().catch(() => undefined);
        await storage.remove(key);
        return stored;
      }),
  };
};
