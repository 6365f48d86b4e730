import { claimsOf } from '../tokens.ts';
import { type Gateway, startGateway } from './gateways.ts';
import { codeBySignInPage } from './signInPage.ts';

/** What a sign-in gives. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly idToken: string;
}

/** Who signs in, and where. */
export interface SignIn {
  readonly realm?: string;
  readonly client?: string;
  readonly secret?: string;
  readonly scope?: string;
  readonly username?: string;
}

/** A running server, and what was taken from it. */
export interface Stage {
  readonly url: string;
  /** What must be in no output: every token that was given out, and what is planted. */
  readonly secrets: ReadonlySet<string>;
  /** Tokens of the beginning, of a realm in which they live for 20 s. */
  readonly early: Promise<Tokens>;
  signIn(as?: SignIn): Promise<Tokens>;
  /** A code by the sign-in page of the realm `app`. */
  code(asked: Readonly<Record<string, string>>): Promise<string>;
  /** Sends a form to an endpoint of a realm, such as `token` or `logout`. */
  post(realm: string, endpoint: string, form: Readonly<Record<string, string>>): Promise<Response>;
  /** Locks `user1` out of the realm `guarded`. */
  lockOut(): Promise<void>;
  /** From now on it is searched for in every output. */
  keep(secret: string): void;
  /** The address of the server behind a gateway. */
  behind(gateway: Gateway): Promise<string>;
  stop(): Promise<void>;
}

export const planted = {
  secret: 'planted-secret',
  wrongSecret: 'planted-wrong-secret',
  wrongPassword: 'planted-wrong-password',
} as const;

type Body = Readonly<Record<string, string | undefined>>;

const extractTokens = ({ access_token, refresh_token, id_token }: Body): Tokens => ({
  accessToken: access_token ?? '',
  refreshToken: refresh_token ?? '',
  idToken: id_token ?? '',
});

const startGateways = (url: string): Pick<Stage, 'behind' | 'stop'> => {
  const started = new Map<Gateway, ReturnType<typeof startGateway>>();
  return {
    async behind(gateway) {
      const starting = started.get(gateway) ?? startGateway(gateway, url);
      started.set(gateway, starting);
      return `http://localhost:${(await starting).port}`;
    },
    stop: async () =>
      void (await Promise.all([...started.values()].map(async (each) => (await each).stop()))),
  };
};

export const createStage = (url: string): Stage => {
  const secrets = new Set<string>(Object.values(planted));
  const keep = (secret: string) => void secrets.add(secret);

  const post: Stage['post'] = (realm, endpoint, form) =>
    fetch(`${url}/realms/${realm}/protocol/openid-connect/${endpoint}`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });

  const signIn: Stage['signIn'] = async (as = {}) => {
    const { realm = 'app', client = 'my_client', secret, scope = 'openid', username = 'user1' } = as;
    const response = await post(realm, 'token', {
      grant_type: 'password',
      client_id: client,
      ...(secret && { client_secret: secret }),
      username,
      password: 'password',
      scope,
    });
    if (!response.ok) throw new Error(`No tokens of ${client} in ${realm}: ${await response.text()}`);
    const tokens = extractTokens((await response.json()) as Body);
    for (const token of Object.values(tokens)) if (token) keep(token);
    return tokens;
  };

  const code: Stage['code'] = async (asked) => {
    const found = await codeBySignInPage(`${url}/realms/app`, asked);
    keep(found);
    return found;
  };

  let isLockedOut: Promise<unknown> | undefined;
  const lockOut: Stage['lockOut'] = async () => {
    const wrong = {
      grant_type: 'password',
      client_id: 'my_client',
      username: 'user1',
      password: planted.wrongPassword,
    };
    isLockedOut ??= post('guarded', 'token', wrong).then(() => post('guarded', 'token', wrong));
    await isLockedOut;
  };

  return { url, secrets, lockOut, early: signIn(), signIn, code, post, keep, ...startGateways(url) };
};

/** Waits until a token is over, by its own `exp`, which Keycloak checks in whole seconds. To ask would refresh it: the clock is the condition. */
export const untilExpired = async (token: string): Promise<void> => {
  const endMs = (Number(claimsOf(token)['exp']) + 1) * 1000;
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, endMs - Date.now())));
};
