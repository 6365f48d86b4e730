import type { Vault } from '../vault/vault.ts';
import type { Runner } from './runner.ts';

/**
 * The vault as gate and view see it. When somebody else signs in, the vault is a few turns ahead of the machine, and the app
 * still shows the user before: until the machine knows the new epoch, none of its tokens goes out.
 */
export const knownVault = (
  vault: Vault,
  runner: Pick<Runner, 'snapshot'>,
): Pick<Vault, 'bearer' | 'lease'> => ({
  lease: vault.lease,
  bearer() {
    const bearer = vault.bearer();
    return bearer?.epoch === runner.snapshot().context.lease?.epoch ? bearer : undefined;
  },
});
