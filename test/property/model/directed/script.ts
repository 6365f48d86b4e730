import type { Acts } from '../acts.ts';
import type { Director } from '../director.ts';
import type { Run } from '../run.ts';
import type { Setting } from '../setting.ts';

/** What a script plays with. */
export interface Scene {
  readonly run: Run;
  readonly acts: Acts;
  readonly director: Director;
  /** Everything that can happen by now has happened. */
  quiet(): Promise<void>;
  /** Time goes by, in steps of a second, while the person stays. */
  stay(ms: number): Promise<void>;
  /** Signed in as this user, and quiet. */
  signIn(sub?: 'ada' | 'bob'): Promise<void>;
  /** What must be so here beside what must always be. */
  expect(isSo: boolean, what: string): void;
}

/** One way through the world that chance finds too seldom, or that must be found for certain. */
export interface Script {
  /** What it shows, as a claim. */
  readonly name: string;
  /** The finding that it was written for. */
  readonly finding: string;
  readonly setting?: Partial<Setting>;
  play(scene: Scene): Promise<void>;
}
