import type { MachineSettings } from '../../machines/sessionContext.ts';
import type { SessionEvent } from '../../machines/sessionEvents.ts';
import type { UserMapper } from '../claims/user.ts';
import type { SessionError } from '../errors/sessionError.ts';
import type { Page } from '../page/page.ts';
import type { Continuity } from '../record/judgeRecord.ts';
import type { RecordStore } from '../record/sessionRecord.ts';
import type { Listeners } from '../time/listeners.ts';
import type { TabMessageEvent } from '../tabs/tabMessageEvent.ts';
import type { TabSeams } from '../tabs/tabSeams.ts';
import type { Clock, Milliseconds } from '../time/clock.ts';
import type { Vault } from '../vault/vault.ts';
import type { Flights } from './flights.ts';
import type { GrantSettings } from './grantOptions.ts';
import type { LoadOptional } from './loadOptional.ts';

/** What the session lends to the grants. */
export interface GrantDeps {
  readonly name: string;
  readonly options: GrantSettings & {
    readonly user?: UserMapper<unknown>;
    readonly idle: { readonly signOutAfter?: Milliseconds };
    readonly machine: MachineSettings;
    /** `false`: this tab has nothing in common with others but who is signed in. @default true */
    readonly tabs?: boolean;
  };
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly vault: Vault;
  readonly flights: Flights;
  readonly record: RecordStore;
  readonly continuity: Continuity;
  /** What this tab has in common with others; `undefined` where it works by itself. */
  readonly tabs?: TabSeams | undefined;
  /** Who watches what the tabs tell each other. */
  readonly tabMessages?: Pick<Listeners<TabMessageEvent>, 'count' | 'tell'> | undefined;
  /** `undefined` outside a browser. */
  readonly page: Page | undefined;
  readonly fetch: typeof fetch;
  /** The S256 digest of a PKCE verifier; by default `crypto.subtle`. */
  readonly digest?: (verifier: string) => Promise<string>;
  readonly loadOptional: LoadOptional;
  /** Tells the machine what came unasked. */
  tell(
    event: Extract<
      SessionEvent,
      { type: 'user.switched' | 'page.awake' | 'session.adopt' | 'tab.changed' | 'tab.renewed' }
    >,
  ): void;
  /** Where the user comes back to. Returns whether the app sees to it: else the address bar is changed. */
  onReturn(url: string, answer: URLSearchParams): boolean;
  /** The address bar is the user's again, or never was the provider's. */
  onArrived(): void;
  /** Tokens were committed: whom they belong to. */
  onUser(user: unknown, epoch: number): void;
  /** A grant failed. */
  onError(error: SessionError): void;
  onWarning(warning: SessionError): void;
}
