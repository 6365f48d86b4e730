import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import { nowSeconds } from './nowSeconds.ts';

type Table = Map<string, AdapterPayload>;

/** Everything the provider remembers, in memory. */
export interface Store {
  readonly adapter: AdapterFactory;
  /** Revokes refresh tokens and codes: of this user, or of everybody. */
  readonly revokeAll: (sub?: string) => void;
  /** Whether a refresh token would still be taken; to ask uses nothing up. */
  readonly isGood: (refreshToken: string) => boolean;
  /** Revokes what was issued under one grant. */
  revokeGrant(grantId: string): void;
  /** Ends sign-ins at the provider, so that it asks again: of this user, or of everybody. */
  readonly endSessions: (sub?: string) => void;
}

const revocable = ['Grant', 'RefreshToken', 'AuthorizationCode'];

/** Opens an empty store. */
export function createStore(): Store {
  const tables = new Map<string, Table>();
  const tableOf = (model: string): Table => {
    const table = tables.get(model) ?? new Map();
    tables.set(model, table);
    return table;
  };
  const removeEverywhere = (models: string[], doomed: (payload: AdapterPayload) => boolean) =>
    models.forEach((model) => remove(tableOf(model), doomed));

  return {
    adapter: (model) => createAdapter(tableOf(model)),
    revokeAll: (sub) => removeEverywhere(revocable, isOf(sub)),
    isGood(refreshToken) {
      const payload = tableOf('RefreshToken').get(refreshToken);
      return payload !== undefined && !payload.consumed && !hasLapsed(payload);
    },
    revokeGrant: (id) => removeEverywhere(revocable, ({ jti, grantId }) => jti === id || grantId === id),
    endSessions: (sub) => removeEverywhere(['Session'], isOf(sub)),
  };
}

function createAdapter(table: Table): Adapter {
  return {
    upsert: async (id, payload) => {
      remove(table, hasLapsed);
      table.set(id, payload);
    },
    find: async (id) => table.get(id),
    findByUid: async (uid) => [...table.values()].find((payload) => payload['uid'] === uid),
    findByUserCode: async () => undefined,
    consume: async (id) => {
      const payload = table.get(id);
      if (payload) payload.consumed = true;
    },
    destroy: async (id) => void table.delete(id),
    revokeByGrantId: async (grantId) => remove(table, (payload) => payload.grantId === grantId),
  };
}

const isOf = (sub?: string) => (payload: AdapterPayload) => sub === undefined || payload.accountId === sub;

const hasLapsed = ({ exp }: AdapterPayload) => exp !== undefined && exp <= nowSeconds();

function remove(table: Table, doomed: (payload: AdapterPayload) => boolean): void {
  for (const [id, payload] of table) if (doomed(payload)) table.delete(id);
}
