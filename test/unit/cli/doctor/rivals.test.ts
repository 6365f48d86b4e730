import { expect, it } from 'vitest';
import type { RankedCause } from '../../../../src/explain/explanation.ts';
import { cli } from './stage.ts';

const at = 'https://auth.example.com/oauth/token';
const api = 'https://api.example.com/items';
const BROKEN = Buffer.from('web').toString('base64');

const causesOf = async (paste: string): Promise<readonly RankedCause[]> => {
  const { out } = await cli(['doctor', '--offline', '--json'], { stdin: paste });
  return (JSON.parse(out) as { causes?: readonly RankedCause[] }).causes ?? [];
};

const basic = (password: string): string => `-u web:${password}`;
const grant = '-d grant_type=client_credentials';
const unexpected =
  '{"error":"unauthorized_client","error_description":"Unexpected error when authenticating client"}';
const json = `--json '{"grant_type":"client_credentials"}'`;
const form = `-F grant_type=password -F username=a -F password=b`;

const sentenceOf = (text: string): string =>
  `curl ${at} -d grant_type=password -d username=a -d password=b -d client_id=web\n${JSON.stringify({ error: 'invalid_grant', error_description: text })}`;

/** What else explains it, beside each cause that was once taken for more than possible. */
it.each([
  // A code whose sentence is not known says what it is about, not what is wrong.
  ['scope-unknown', 'a sentence', '{"error":"invalid_scope","error_description":"Tell us what you want"}'],
  ['scope-unknown', 'no scope', `curl ${at} -u web:s ${grant}\n{"error":"invalid_scope"}`],
  ['scope-unknown', 'a code alone', 'oauthlib.oauth2.rfc6749.errors.InvalidScopeError: (invalid_scope)'],
  ['user-credentials-wrong', 'a rule', sentenceOf('The tenant of this name is frozen')],
  ['user-credentials-wrong', 'a limit', sentenceOf('Only five devices per head')],
  // The header is read whatever the body is.
  ['json-body', 'a secret', `curl ${at} ${basic('s')} ${json}\n{"error":"invalid_client"}`],
  ['multipart-body', 'a secret', `curl ${at} ${basic('s')} ${form}\n{"error":"invalid_client"}`],
  ['body-missing', 'a secret', `curl -X POST ${at} ${basic('s')}\n{"error":"invalid_client"}`],
  [
    'parameters-in-query',
    'a secret',
    `curl -X POST '${at}?grant_type=client_credentials' ${basic('s')}\n{"error":"invalid_client"}`,
  ],
  [
    'parameters-in-query',
    'a header without a secret',
    `curl -X POST '${at}?grant_type=password' -H 'Authorization: Basic ${BROKEN}'\nHTTP/1.1 401 Unauthorized`,
  ],
  [
    'parameters-in-query',
    'a header in words',
    `We post to ${at}?grant_type=password&client_id=web with the header\n\nAuthorization: Basic ${BROKEN}\n\nand get 401 Unauthorized.`,
  ],
  // Who weighs a grant has seen it.
  ['multipart-body', 'a password', `curl ${at} ${form} -F client_id=web\n{"error":"invalid_grant"}`],
  ['user-credentials-wrong', 'parts', `curl ${at} -u web:s ${form}\n{"error":"invalid_grant"}`],
  // Keycloak says so of whatever went wrong meanwhile.
  ['basic-header-broken', 'a +', `curl ${at} ${basic('a+b')} ${grant}\n${unexpected}`],
  ['basic-header-broken', 'a %', `curl ${at} ${basic('a%zz')} ${grant}\n${unexpected}`],
  ['basic-header-broken', 'a plain secret', `curl ${at} ${basic('ab')} ${grant}\n${unexpected}`],
  ['basic-header-broken', 'a form', `curl ${at} ${grant} -d client_id=w -d client_secret=s\n${unexpected}`],
  ['basic-header-broken', 'no request', unexpected],
  // With a status of its own it is about the request.
  ['server-error', 'a role', `keycloak.exceptions.KeycloakPostError: 403: b'{"error":"unknown_error"}'`],
  ['server-error', 'a token', 'HTTP/1.1 401 Unauthorized\n\n{"error":"unknown_error"}'],
  ['server-error', 'a body', 'HTTP/1.1 400 Bad Request\n\n{"error":"unknown_error"}'],
  ['server-error', 'a media type', 'HTTP/1.1 415 Unsupported Media Type\n\n{"error":"unknown_error"}'],
  ['server-error', 'a user twice', 'HTTP/1.1 409 Conflict\n\n{"error":"unknown_error"}'],
  // Not every API goes by RFC 6750.
  [
    'access-token-scheme-wrong',
    'a bare token',
    `curl ${api} -H 'Authorization: abc'\nHTTP/1.1 401 Unauthorized`,
  ],
  [
    'access-token-scheme-wrong',
    'Token',
    `curl ${api} -H 'Authorization: Token abc'\nHTTP/1.1 401 Unauthorized`,
  ],
  ['access-token-scheme-wrong', 'JWT', `curl ${api} -H 'Authorization: JWT abc'\nHTTP/1.1 403 Forbidden`],
  ['access-token-scheme-wrong', 'a password', `curl ${api} ${basic('s')}\nHTTP/1.1 401 Unauthorized`],
  [
    'access-token-scheme-wrong',
    'a gateway',
    `curl https://a1.execute-api.eu-west-1.amazonaws.com/x -H 'Authorization: abc'\nHTTP/1.1 401 Unauthorized`,
  ],
  // A list of fields is how a browser shows a form, not how it sends one.
  [
    'body-not-a-form',
    'a list',
    `POST ${at}\n\nForm Data:\ngrant_type:password\nclient_id:web\n\n401 Unauthorized`,
  ],
  [
    'grant-type-missing',
    'a list',
    `POST ${at}\n\nForm Data\ngrant_type: password\nclient_id: web\n\n401 Unauthorized`,
  ],
])('%s is no more than possible where it may be %s', async (id, _rival, paste) => {
  const sure = (await causesOf(paste)).filter(({ certainty }) => certainty !== 'possible');
  expect(sure.map((cause) => cause.id)).not.toContain(id);
});

/** What is still said where nothing else explains it. */
it.each([
  [
    'scope-missing shown',
    '(invalid_scope) The authorization server resource does not have any configured default scopes, x',
  ],
  ['scope-missing likely', `curl ${at} -u web:s ${grant}\n{"error":"invalid_scope"}`],
  ['scope-unknown likely', `curl ${at} -u web:s ${grant} -d scope=a\n{"error":"invalid_scope"}`],
  ['json-body likely', `curl ${at} ${json}\n{"error":"invalid_client"}`],
  [
    'multipart-body likely',
    `curl ${at} -u web:s ${form} -H 'Content-Type: application/x-www-form-urlencoded'\n{"error":"invalid_grant"}`,
  ],
  ['client-secret-not-encoded likely', `curl ${at} ${basic('a%zz')} ${grant}\n${unexpected}`],
  [
    'basic-header-broken likely',
    `curl ${at} -H 'Authorization: Basic ${BROKEN}' ${grant}\nHTTP/1.1 401 Unauthorized`,
  ],
  ['server-error likely', 'HTTP/1.1 500 Internal Server Error\n\n{"error":"unknown_error"}'],
  [
    'access-token-scheme-wrong shown',
    `curl ${api} -H 'Authorization: abc'\nHTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer`,
  ],
])('%s comes first', async (said, paste) => {
  const [first] = await causesOf(paste);
  expect(`${first?.id} ${first?.certainty}`).toBe(said);
});
