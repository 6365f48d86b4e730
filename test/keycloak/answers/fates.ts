import { randomBytes } from 'node:crypto';
import { adminOf } from '../admin.ts';
import { type SignIn, type Stage, type Tokens, untilExpired } from './stage.ts';

/** What becomes of the tokens of a sign-in before they are used. */
export type Fate = (stage: Stage, tokens: Tokens, as: SignIn) => Promise<Tokens | void>;

const tokenForm = ({ refreshToken }: Tokens, { client = 'my_client' }: SignIn) => ({
  client_id: client,
  refresh_token: refreshToken,
});

const refreshed = async (stage: Stage, tokens: Tokens, as: SignIn): Promise<Tokens> => {
  const response = await stage.post(as.realm ?? 'app', 'token', {
    grant_type: 'refresh_token',
    ...tokenForm(tokens, as),
  });
  const { refresh_token: refreshToken = '' } = (await response.json()) as { refresh_token?: string };
  if (refreshToken) stage.keep(refreshToken);
  return { ...tokens, refreshToken };
};

export const loggedOut: Fate = async (stage, tokens, as) =>
  void (await stage.post(as.realm ?? 'app', 'logout', tokenForm(tokens, as)));

export const revoked: Fate = async (stage, tokens, { realm = 'app', client = 'my_client' }) =>
  void (await stage.post(realm, 'revoke', { client_id: client, token: tokens.refreshToken }));

/** The token was used; the one that came in return is not known. */
export const spent: Fate = async (stage, tokens, as) => void (await refreshed(stage, tokens, as));

/** The old token was tried again, and the newest is at hand. */
export const reuseDetected: Fate = async (stage, tokens, as) => {
  const newest = await refreshed(stage, tokens, as);
  await refreshed(stage, tokens, as);
  return newest;
};

/** The tokens of a user of whom an administrator thinks better. */
export const userDisabled: Fate = async (stage) => {
  const admin = adminOf(stage.url, 'app');
  const username = `user-${randomBytes(6).toString('hex')}`;
  const id = await admin.createUser(username);
  const tokens = await stage.signIn({ username });
  await admin.changeUser(id, { enabled: false });
  return tokens;
};

/** Nobody refreshed for the idle time. All who wait do so together. */
export const expired: Fate = async ({ early }) => {
  const tokens = await early;
  await untilExpired(tokens.refreshToken);
  return tokens;
};
