import type { SessionEvent } from '../../machines/sessionEvents.ts';
import { type ActivitySource, startActivitySources } from '../activity/activitySource.ts';
import { watchDomActivity } from '../activity/domActivity.ts';
import type { Continuity } from '../environment/continuity.ts';
import { watchEnvironment } from '../environment/pageEnvironment.ts';
import type { Platform } from './platform.ts';
import type { Settings } from './resolveOptions.ts';
import type { Stop } from '../time/stop.ts';

/** What watching works with. */
export interface WatchDeps {
  readonly platform: Pick<Platform, 'window' | 'clock'>;
  readonly continuity: Continuity;
  readonly settings: Pick<Settings, 'activity' | 'idle'>;
}

/** Tells the machine. */
type Tell = (event: SessionEvent) => void;

/** Tells of every sign that the user is there; returns its stop. */
export const watchActivity = (deps: WatchDeps, tell: Tell): Stop => {
  const { platform, settings } = deps;
  const { window, clock } = platform;
  const { rotatingDisplay } = settings.idle;
  const domSources: ActivitySource[] = window
    ? [(onActive) => watchDomActivity({ window, clock, onActive, rotatingDisplay })]
    : [];
  return startActivitySources([...domSources, ...settings.activity], () => tell({ type: 'user.active' }));
};

/** Tells of what the page and its network go through; returns its stop. */
export const watchPage = ({ platform, continuity }: WatchDeps, tell: Tell): Stop =>
  watchEnvironment({
    ...platform,
    continuity,
    onAwake: (restored) => tell({ type: 'page.awake', restored }),
    onOnline: () => tell({ type: 'network.online' }),
    onOffline: () => tell({ type: 'network.offline' }),
  });
