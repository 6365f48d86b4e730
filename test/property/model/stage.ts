import type { Session } from '../../../src/session/session.ts';
import type { Clocks } from './clocks.ts';
import type { Setting } from './setting.ts';

/** What every oracle may look at. */
export interface Stage {
  readonly clocks: Clocks;
  readonly setting: Setting;
  /** The session of the page that is loaded now. */
  readonly session: Session<unknown>;
  /** Whether the app has stopped it. */
  readonly isStopped: boolean;
  /** Nothing is on its way, and the session waits for nothing. */
  readonly isQuiet: boolean;
  violate(what: string): void;
}

/** The `sub` of whoever is shown as signed in. */
export const subOf = ({ session }: Pick<Stage, 'session'>): string | undefined =>
  (session.user as { sub?: string } | null)?.sub;
