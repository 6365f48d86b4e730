import { administrator } from './server/startKeycloak.mjs';

type Json = Record<string, unknown>;

/** What an administrator does to a realm, by Keycloak's Admin REST API. */
export interface RealmAdmin {
  /** A client that belongs to one test alone; answers its id. */
  createClient(clientId: string, more?: Json): Promise<string>;
  changeClient(id: string, change: Json): Promise<void>;
  /** A user that belongs to one test alone; answers its id. */
  createUser(username: string, more?: Json): Promise<string>;
  changeUser(id: string, change: Json): Promise<void>;
  /** Ends every session of a user, as the Admin Console does. */
  endSessions(userId: string): Promise<void>;
  /** New signing keys, which come first from now on. */
  addKeys(): Promise<void>;
}

const tokenOf = async (url: string): Promise<string> => {
  const response = await fetch(`${url}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...administrator }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
};

/** The administrator of a realm. A token lives a minute: each call takes a new one. */
export const adminOf = (url: string, realm: string): RealmAdmin => {
  const call = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await fetch(`${url}/admin/realms/${realm}${path}`, {
      method,
      headers: { authorization: `Bearer ${await tokenOf(url)}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const create = async (path: string, body: Json): Promise<string> => {
    const { headers } = await call('POST', path, body);
    return headers.get('location')!.split('/').at(-1)!;
  };
  const change = async (path: string, news: Json): Promise<void> => {
    const known = (await (await call('GET', path)).json()) as Json;
    await call('PUT', path, { ...known, ...news });
  };
  const page = {
    publicClient: true,
    standardFlowEnabled: true,
    directAccessGrantsEnabled: true,
    redirectUris: ['http://localhost:*'],
    webOrigins: ['*'],
  };
  const person = { enabled: true, emailVerified: true, firstName: 'Ada', lastName: 'User' };

  return {
    createClient: (clientId, more) => create('/clients', { clientId, ...page, ...more }),
    changeClient: (id, news) => change(`/clients/${id}`, news),
    createUser: (username, more) =>
      create('/users', {
        username,
        email: `${username}@example.com`,
        ...person,
        credentials: [{ type: 'password', value: 'password', temporary: false }],
        ...more,
      }),
    changeUser: (id, news) => change(`/users/${id}`, news),
    endSessions: async (userId) => void (await call('POST', `/users/${userId}/logout`)),
    async addKeys() {
      const { id } = (await (await call('GET', '')).json()) as { id: string };
      for (const provider of ['rsa-generated', 'hmac-generated'])
        await call('POST', '/components', {
          name: `${provider}-${Date.now()}`,
          providerId: provider,
          providerType: 'org.keycloak.keys.KeyProvider',
          parentId: id,
          config: { priority: ['1000'], enabled: ['true'], active: ['true'] },
        });
    },
  };
};
