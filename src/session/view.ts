import { isPresent } from '../../machines/presence.ts';
import type { Continuity } from '../environment/continuity.ts';
import { createAlarm } from '../time/alarm.ts';
import { type Clock, type Instant, type Milliseconds, readInstant } from '../time/clock.ts';
import { isFreshBearer, type Vault } from '../vault/vault.ts';
import type { Identity } from './identity.ts';
import { createListeners } from '../time/listeners.ts';
import type { Settings } from './resolveOptions.ts';
import type { Runner } from './runner.ts';
import type { Session } from './session.ts';
import { createSelection } from './selection.ts';
import { sessionEnd } from './sessionEnd.ts';
import { loadingView, type SessionView, stateOf } from './sessionView.ts';

/** What a view is made from. */
export interface ViewDeps<User> {
  readonly runner: Runner;
  readonly identity: Identity<User>;
  readonly vault: Pick<Vault, 'bearer'>;
  readonly clock: Clock;
  readonly continuity: Pick<Continuity, 'isBroken'>;
  readonly settings: Pick<Settings, 'idle'>;
}

/** The session's view, and who is told when it changed. */
export interface View<User> {
  /** As of now; the same object until a field changes. */
  get(): SessionView<User>;
  readonly subscribe: Session<User>['subscribe'];
}

const fields = Object.keys(loadingView) as (keyof SessionView<never>)[];

/** What a moving end may differ from the one that is shown: it is reckoned anew at each event, and clocks jitter. */
const AWAY_MS: Milliseconds = 1000;
const PRESENT_MS: Milliseconds = 60_000;

export const createView = <User>({
  runner,
  identity,
  vault,
  clock,
  continuity,
  settings,
}: ViewDeps<User>): View<User> => {
  const changes = createListeners<void>();
  let shown: SessionView<User> = loadingView;
  let told = shown;

  /** Whether requests are served at all: now, or by a renewal that is to come. */
  const canWait = (): boolean => {
    const { context } = runner.snapshot();
    return !!context.lease?.renewAt && (isPresent(context) || settings.idle.requests !== 'reject');
  };

  const isUsable = (now: Instant): boolean => {
    const bearer = vault.bearer();
    return !!bearer && isFreshBearer(bearer, now);
  };

  const viewAt = (now: Instant): SessionView<User> => {
    const { retired: error = identity.error } = runner;
    if (runner.phase !== 'running') return { ...loadingView, error };
    const [snapshot, status] = [runner.snapshot(), runner.status()];
    const { context } = snapshot;
    const state = stateOf(snapshot);
    const isSignedIn = status === 'signedIn';
    const isSure = isSignedIn && !continuity.isBroken(now);
    const end = sessionEnd(context);
    const toleranceMs = snapshot.hasTag('away') ? AWAY_MS : PRESENT_MS;
    const isAsShown =
      state === shown.state && Math.abs((end?.wallMs ?? 0) - (shown.endsAt ?? 0)) < toleranceMs;
    return {
      status,
      state,
      user: isSure ? identity.userIn(context.lease) : null,
      error,
      busy: context.login !== null || context.renewing !== null,
      canRequest: isSure && !!vault.bearer() && (isUsable(now) || canWait()),
      endReason: context.reason,
      warning: isAsShown ? shown.warning : end && state === 'idle.warning' ? { deadline: end } : null,
      endsAt: isAsShown ? shown.endsAt : (end?.wallMs ?? null),
    };
  };

  const get = (): SessionView<User> => {
    const view = viewAt(readInstant(clock));
    if (fields.some((field) => !Object.is(view[field], shown[field]))) shown = view;
    return shown;
  };

  const publish = (): void => {
    const view = get();
    // A token that nothing renews stops being fresh without any event.
    alarm.set(view.canRequest && !canWait() ? vault.bearer()!.freshUntil : null);
    if (view === told) return;
    told = view;
    changes.tell();
  };
  const alarm = createAlarm(clock, publish);
  runner.subscribe(publish);

  return { get, subscribe: changes.add };
};

/** What a session answers from by its getters. */
const INNER = Symbol('inner');
interface Inner {
  readonly [INNER]: { readonly get: () => SessionView<unknown>; readonly ready: () => Promise<unknown> };
}

/** All sessions share these: accessors of its own would make each of them heavier by 2 kB. */
const getters: object & ThisType<Inner> = {
  get view() {
    return this[INNER].get();
  },
  get ready() {
    return this[INNER].ready();
  },
};
for (const field of fields) {
  Object.defineProperty(getters, field, {
    get(this: { readonly view: SessionView<unknown> }) {
      return this.view[field];
    },
    enumerable: true,
  });
}

/** A session with the view, each of its fields, and selections of it. */
export const withView = <User>(
  { get, subscribe }: View<User>,
  ready: Runner['ready'],
  session: Omit<Session<User>, keyof SessionView<User> | 'view' | 'ready' | 'subscribe' | 'select'>,
): Session<User> => {
  const select: Session<User>['select'] = (pick, isSame) =>
    createSelection(() => pick(get()), subscribe, isSame);
  // Not by `Object.assign` to a new object: V8 keeps so many properties that come one by one in a table of their own.
  const own = { subscribe, select, [INNER]: { get, ready }, ...session };
  return Object.setPrototypeOf(own, getters) as Session<User>;
};
