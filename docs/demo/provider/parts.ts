import type { Faults } from './faults.ts';
import type { Settings } from './options.ts';
import type { SigningKeys } from './signingKeys.ts';
import type { Store } from './store.ts';
import type { UserDirectory } from './users.ts';

/** What a provider is made from. */
export interface Parts {
  readonly issuer: string;
  readonly settings: Settings;
  readonly users: UserDirectory;
  readonly store: Store;
  readonly keys: SigningKeys;
  readonly faults: Faults;
}
