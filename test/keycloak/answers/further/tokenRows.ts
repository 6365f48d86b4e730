import { loggedOut, revoked } from '../fates.ts';
import { badRequest, grantRefused, tokenRefused, tokens } from '../known.ts';
import { refresh, renamed } from '../requests.ts';
import type { Row } from '../row.ts';

const offline = { scope: 'openid offline_access' };

const token = (change: (refreshToken: string) => string) =>
  refresh(({ refreshToken }) => ({ refresh_token: change(refreshToken) }));

const changedNearEnd = (text: string): string =>
  text.replace(/.(?=.{8}$)/, (letter) => (letter === 'A' ? 'B' : 'A'));

/** What can be wrong with the refresh token. */
export const tokenRows: readonly Row[] = [
  {
    what: 'a token in quotation marks',
    request: token((text) => `"${text}"`),
    answer: tokenRefused,
    cause: 'refresh-token-padded',
  },
  {
    what: 'a token with a blank after it',
    request: token((text) => `${text} `),
    answer: tokenRefused,
    cause: 'refresh-token-padded',
  },
  {
    what: 'a token with a line end after it',
    request: token((text) => `${text}\n`),
    answer: [tokenRefused, tokens],
    cause: ['refresh-token-padded', undefined],
    knownBy: 'spend',
  },
  {
    what: 'a token that was encoded twice',
    request: token((text) => text.replaceAll('.', '%2E')),
    answer: tokenRefused,
    cause: 'refresh-token-encoded-twice',
  },
  {
    what: 'a token with "Bearer" before it',
    request: token((text) => `Bearer ${text}`),
    answer: tokenRefused,
    cause: 'refresh-token-with-scheme',
  },
  {
    what: 'a token that was cut off',
    request: token((text) => text.slice(0, -12)),
    answer: tokenRefused,
    cause: 'refresh-token-damaged',
  },
  {
    what: 'a token without its signature',
    request: token((text) => text.split('.').slice(0, 2).join('.')),
    answer: tokenRefused,
    cause: 'refresh-token-damaged',
  },
  {
    what: 'a token with another letter in its signature',
    request: token(changedNearEnd),
    answer: tokenRefused,
    cause: 'refresh-token-damaged',
    knownBy: 'never',
  },
  {
    what: 'the whole answer of the sign-in as token',
    request: refresh((all) => ({ refresh_token: JSON.stringify(all) })),
    answer: tokenRefused,
    cause: 'refresh-token-damaged',
  },
  {
    what: 'an ID token',
    request: refresh(({ idToken }) => ({ refresh_token: idToken })),
    answer: tokenRefused,
    cause: 'not-a-refresh-token',
  },
  {
    what: 'a token of the same client in another realm',
    request: refresh({}, { realm: 'report', to: 'app' }),
    answer: tokenRefused,
    cause: 'realm-mismatch',
  },
  {
    what: 'an empty token',
    request: refresh({ refresh_token: '' }),
    answer: tokenRefused,
    cause: 'refresh-token-empty',
  },
  {
    what: 'the word "undefined" as token',
    request: refresh({ refresh_token: 'undefined' }),
    answer: tokenRefused,
    cause: 'refresh-token-placeholder',
  },
  {
    what: 'the token as `access_token`',
    request: renamed('refresh_token', 'access_token'),
    answer: badRequest('No refresh token'),
    cause: 'refresh-token-missing',
  },
  {
    what: 'the token as `refreshToken`',
    request: renamed('refresh_token', 'refreshToken'),
    answer: badRequest('No refresh token'),
    cause: 'refresh-token-misspelt',
  },
  {
    what: 'the token as `token`',
    request: renamed('refresh_token', 'token'),
    answer: badRequest('No refresh token'),
    cause: 'refresh-token-misspelt',
  },
  {
    what: 'an offline token after its sign-out',
    request: refresh({}, { ...offline, fate: loggedOut }),
    answer: grantRefused('Offline user session not found'),
    cause: 'offline-session-ended',
    knownBy: 'spend',
  },
  {
    what: 'an offline token after its revocation',
    request: refresh({}, { ...offline, fate: revoked }),
    answer: grantRefused('Offline user session not found'),
    cause: 'offline-session-ended',
    knownBy: 'spend',
  },
  {
    what: 'a token of another client and another realm, from a page',
    request: refresh({ client_id: 'my_client' }, { client: 'admin-cli', to: 'report' }),
    answer: tokenRefused,
    cause: 'realm-mismatch',
  },
];
