import type { FindRequests } from '../formReader.ts';
import { formBody, requestFromParts } from '../requestFromParts.ts';

const IS = /\bkc(?:adm|reg)\b|^Logging into /m;
const LOGIN = /^.*Logging into (?<server>https?:\S+) as (?:user )?(?<user>\S+) of realm (?<realm>\S+)/m;
/** What becomes of it later says no code in this place, or one that no token endpoint has. */
const REFUSED = / \[(?!unknown_error|invalid_token)[a-z_]+\]\s*$/m;

const optionIn = (text: string, name: string): string | undefined =>
  new RegExp(String.raw`--${name}[\s=]+["']?([^\s"']+)`).exec(text)?.[1];

/** The sign-in of Keycloak's own commands, by their options and by what they say. */
export const kcadmRequests: FindRequests = (text) => {
  const login = LOGIN.exec(text);
  const groups = login?.groups ?? {};
  const option = (name: string) => optionIn(text, name);
  const [server, realm, user] = ['server', 'realm', 'user'].map((name) => option(name) ?? groups[name]);
  if (!IS.test(text) || !REFUSED.test(text) || server === undefined || realm === undefined) return [];
  const [client = 'admin-cli', secret] = [option('client'), option('secret')];
  const isOfUser = user !== undefined && !user.startsWith('service-account-');
  const request = requestFromParts({
    url: `${server.replace(/\/$/, '')}/realms/${realm}/protocol/openid-connect/token`,
    body: formBody([
      ['grant_type', isOfUser ? 'password' : 'client_credentials'],
      ['client_id', client],
      ...(isOfUser ? [['username', user] as const] : []),
    ]),
    user: secret === undefined ? undefined : [client, secret],
    isSketch: true,
  });
  const start = login?.index ?? 0;
  return [{ start, end: login ? start + login[0].length : text.search(/\n|$/), request }];
};
