import { endpointOfIssuer } from '../../doctor/issuers.ts';
import { UNKNOWN_VALUE } from '../../request/isBlackedOut.ts';
import type { FindRequests } from '../formReader.ts';
import { formBody, requestFromParts } from '../requestFromParts.ts';
import { type Setting, settingsIn } from './settingsIn.ts';

/** Settings by the ends of their names. */
const ID = /clientid$|(?:^|\.)resource$/;
const SECRET = /(?:^|[.:]|client|keycloak|oidc|oauth2?|auth)secret$/;
const GRANT = /granttype$/;
const METHOD = /auth(?:entication)?method$/;
const TOKEN = /token(?:uri|url|endpoint)$/;
const ISSUER = /(?:issuer(?:ur[il])?|authority|authserverurl|keycloak(?:base|server)?url)$/;
const REALM = /(?:^|[.:]|keycloak)realm$/;
const USED = [ID, SECRET, GRANT, METHOD, TOKEN, ISSUER, REALM];

/** The password of a proxy in front, which is none of the client's. */
const USER = /\/\/[^/@\s]{1,300}@/;

/** What only a token endpoint says. Of an API the same configuration says nothing. */
const OF_TOKENS = /invalid_client|unauthorized_client|invalid_grant|unsupported_grant_type/;
const TOKEN_ADDRESS = /https?:\/\/[^\s"'<>]{1,300}\/token(?=["'\s:]|$)/;

/** `undefined`: it is not set. Of several values nobody knows which one counts. */
type Value = (name: RegExp) => string | undefined;

const valueIn =
  (settings: readonly Setting[]): Value =>
  (wanted) => {
    const all = settings.filter(({ name, value }) => value !== '' && wanted.test(name));
    const [first, ...others] = all.some(({ isVariable }) => !isVariable)
      ? all.filter(({ isVariable }) => !isVariable)
      : all;
    return others.some(({ value }) => value !== first?.value) ? UNKNOWN_VALUE : first?.value;
  };

const addressIn = (value: Value, text: string): string | undefined => {
  const issuer = value(ISSUER)?.replace(/\/$/, '').replace(USER, '//');
  const realm = issuer?.includes('/realms/') ? '' : `/realms/${value(REALM)}`;
  return [value(TOKEN), endpointOfIssuer(issuer && issuer + realm), TOKEN_ADDRESS.exec(text)?.[0]].find(
    (each) => each?.startsWith('http') && !/\/realms\/(?:undefined|\*)/.test(each),
  );
};

/** The grant, where a client with it has no other beside. */
const grantIn = (value: Value): string | undefined =>
  /^(?:client_credentials|password)$/.exec(value(GRANT) ?? '')?.[0];

/** What the configuration of a program beside an error tells of the request for tokens. */
export const configRequests: FindRequests = (text) => {
  const settings = (OF_TOKENS.test(text) ? settingsIn(text) : []).filter(({ name }) =>
    USED.some((each) => each.test(name)),
  );
  const value = valueIn(settings);
  const [id, secret, grant, url] = [value(ID), value(SECRET), grantIn(value), addressIn(value, text)];
  if (!id || id === UNKNOWN_VALUE || !url || !(secret ?? grant)) return [];
  const isBasic = secret !== undefined && /basic/.test(value(METHOD) ?? '');
  const fields = Object.entries({
    grant_type: grant,
    client_id: id,
    client_secret: isBasic ? undefined : secret,
  });
  const request = requestFromParts({
    url,
    // Libraries write the body by themselves.
    contentType: 'application/x-www-form-urlencoded',
    body: formBody(fields.flatMap(([name, each]) => (each === undefined ? [] : [[name, each] as const]))),
    user: isBasic ? [id, secret] : undefined,
    filledIn: settings.filter(({ isVariable }) => isVariable).map((each) => each.value),
    isSketch: true,
  });
  return [{ start: settings[0]!.start, end: settings.at(-1)!.end, request }];
};
