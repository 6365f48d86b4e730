import { createVault, type Vault } from '../vault/vault.ts';

/** What a session takes over from one before it. */
export interface Inheritance {
  readonly vault: Vault;
  /** Whom the tokens in the vault belong to. */
  readonly user: unknown;
}

/** There was none before it. */
export const inheritNothing = (): Inheritance => ({ vault: createVault(), user: null });
