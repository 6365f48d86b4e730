import { randomBytes } from 'node:crypto';
import { createSession, type IdTokenClaims, type Session, type TokenResponse } from 'token-vigil';
import type { Provider } from './provider.ts';
import type { ServerSettings } from './settings.ts';

/** Who is signed in, as far as pages may know. */
export interface User {
  readonly sub: string;
  readonly name: string;
}

export type UserSession = Session<User>;

/** One session object per signed-in user, in this process. Several processes need a balancer that keeps users apart. */
export interface UserSessions {
  /** Signs in with the tokens that `redeem` brings, under an id that nobody has known before. */
  open(redeem: () => Promise<TokenResponse>): Promise<string>;
  find(id: string | undefined): UserSession | undefined;
  /** The ID token of the sign-in, with which the provider knows what to end. */
  idTokenOf(id: string | undefined): string | undefined;
  /** Forgets it here; the provider is told nothing. */
  drop(id: string | undefined): void;
  stop(): void;
}

/** 256 bits: what a cookie holds must not be guessed. */
export const newId = (): string => randomBytes(32).toString('base64url');

const minutes = (count: number): number => count * 60_000;

const userOf = ({ sub = '', name }: Partial<IdTokenClaims>): User => ({
  sub,
  name: typeof name === 'string' ? name : sub,
});

export const createUserSessions = (settings: ServerSettings, provider: Provider): UserSessions => {
  const { issuer, clientId, clientSecret, log = console.log } = settings;
  const sessions = new Map<string, UserSession>();
  const idTokens = new WeakMap<UserSession, string>();

  const create = async (redeem: () => Promise<TokenResponse>): Promise<UserSession> => {
    const { token_endpoint, jwks_uri, revocation_endpoint, end_session_endpoint } = await provider.metadata();
    const session: UserSession = createSession({
      issuer,
      clientId,
      clientSecret,
      // Known already: else each session would discover them for itself.
      endpoints: {
        token_endpoint: token_endpoint!,
        ...(jwks_uri && { jwks_uri }),
        ...(revocation_endpoint && { revocation_endpoint }),
        ...(end_session_endpoint && { end_session_endpoint }),
      },
      // Of renewals; `redeem` checks that of the sign-in.
      validateIdTokenSignature: true,
      tokenOrigins: new URL(issuer).origin,
      idle: settings.idle ?? { after: minutes(15), signOutAfter: minutes(30) },
      grants: {
        async signIn() {
          const answer = await redeem();
          if (answer.id_token) idTokens.set(session, answer.id_token);
          return answer;
        },
      },
      user: ({ idToken }) => userOf(idToken ?? {}),
      onWarning: ({ code }) => log(`warning ${code}`),
    });
    return session;
  };

  const drop = (id: string | undefined): void => {
    sessions.get(id ?? '')?.stop();
    sessions.delete(id ?? '');
  };

  const watch = (id: string, session: UserSession): void => {
    session.on('renewalFailed', ({ failure }) => log(`renewal failed: ${failure.code}`));
    session.on('expired', ({ reason }) => {
      log(`session over: ${reason}`);
      drop(id);
    });
    session.on('signedOut', () => drop(id));
  };

  return {
    async open(redeem) {
      const session = await create(redeem);
      await session.signIn().catch((error: unknown) => {
        session.stop();
        throw error;
      });
      const id = newId();
      sessions.set(id, session);
      watch(id, session);
      return id;
    },
    find: (id) => sessions.get(id ?? ''),
    idTokenOf(id) {
      const session = sessions.get(id ?? '');
      return session && idTokens.get(session);
    },
    drop,
    stop() {
      for (const id of sessions.keys()) drop(id);
    },
  };
};
