import { expect, test } from 'vitest';
import { type Arrived, cli, jwt, refusedToken, serving } from './stage.ts';

const PRIVATE =
  /hunter2|top-secret|s3ssion|key-12345|the-real|one-time|acme-header|ada@|42\.50|mutation|customer/;
const USERS_TOKEN = jwt({ typ: 'Refresh', azp: 'web', jti: 'the-real-one' });
const ASSERTION = jwt({ sub: 'web', jti: 'one-time' });
const REALM = '/realms/app';
const TOKEN = `${REALM}/protocol/openid-connect/token`;
const LINES = `-H 'Content-Type: application/json'`;
const KEY = `-H 'X-Api-Key: key-12345'`;
const REFRESH = '-d grant_type=refresh_token -d client_id=web -d refresh_token=the-real-token';

/** As people paste them, with `@` for the origin of the server. */
const pasted: readonly string[] = [
  // None of a token endpoint.
  `curl -X DELETE @/admin/users/42 -u admin:hunter2`,
  `curl -X DELETE '@/admin${REALM}/users/42' -H 'Authorization: Bearer ${USERS_TOKEN}'`,
  `curl -X PUT @/admin/users/42 ${KEY} ${LINES} -d '{"enabled":false}'`,
  `curl -X PATCH @/admin/users/42 ${LINES} -d '{"email":"ada@example.com","client_id":"web"}'`,
  `curl -X POST @/admin${REALM}/clients -H 'Authorization: Bearer ${USERS_TOKEN}' ${LINES} -d '{"clientId":"customer"}'`,
  `curl -X POST @/admin/users/42/reset-password -u admin:hunter2 -d password=hunter2`,
  `curl -X POST @/orders -u shop:hunter2 -d item=42 -d amount=42.50`,
  `curl -X POST @/orders -u shop:hunter2 -d type=gift -d code=SAVE10 -d token=the-real-token`,
  `curl -X POST @/orders ${LINES} -d '{"grant_type":"customer","amount":42.50}'`,
  `curl -X POST '@/orders?client_id=web&client_secret=top-secret' -d amount=42.50`,
  `curl -X POST @/payments ${KEY} -H 'Idempotency-Key: acme-header' -d amount=42.50`,
  `curl @/webhooks/orders -H 'X-Hub-Signature: acme-header' ${LINES} -d '{"customer":7}'`,
  `curl @/graphql -H 'Authorization: Bearer ${USERS_TOKEN}' ${LINES} -d '{"query":"mutation { deleteUser(id: 42) }"}'`,
  `curl @/graphql -b 'sid=s3ssion' ${LINES} -d '{"query":"mutation { pay }","variables":{"token":"the-real-token"}}'`,
  `curl -X POST @${TOKEN}/introspect -u api:top-secret -d token=${USERS_TOKEN}`,
  `curl -X POST @/oauth2/introspect -u api:top-secret -d token=the-real-token -d token_type_hint=refresh_token`,
  `curl @${REALM}/protocol/openid-connect/userinfo -H 'Authorization: Bearer ${USERS_TOKEN}'`,
  `curl -X POST @${REALM}/protocol/openid-connect/userinfo -d access_token=${USERS_TOKEN}`,
  `curl -X POST @${REALM}/protocol/openid-connect/logout -d client_id=web -d refresh_token=${USERS_TOKEN}`,
  `curl -X POST @${REALM}/protocol/openid-connect/revoke -u web:top-secret -d token=${USERS_TOKEN}`,
  `curl -X POST @${REALM}/login-actions/authenticate?session_code=one-time -b s3ssion=1 -d username=ada@example.com -d password=hunter2`,
  `curl -X POST @/login -d username=ada -d password=hunter2 -d client_id=web`,
  `curl -F 'file=customer list' -F token=the-real-token @/upload`,
  `curl -X POST @/api/token -d client_id=web -d client_secret=top-secret`,
  `curl -X POST @/oauth2/token -u shop:hunter2 -d amount=42.50`,
  `curl -I @/health -u admin:hunter2`,
  `curl -X MKCOL @/dav/customer -u ada:hunter2`,
  // Of one, or meant for one.
  `curl -X DELETE @${TOKEN} -b sid=s3ssion ${REFRESH}`,
  `curl -X PUT '@${TOKEN}?${new URLSearchParams({ grant_type: 'password', client_id: 'web', username: 'ada@', password: 'hunter2' })}'`,
  `curl '@${TOKEN}?grant_type=refresh_token&client_id=web&refresh_token=${USERS_TOKEN}'`,
  `curl @${TOKEN} ${KEY} -H 'X-Tenant: acme-header' -H 'User-Agent: acme-header' -b 'sid=s3ssion' ${REFRESH}`,
  `curl @${TOKEN} -u svc:top-secret -d grant_type=client_credentials -d scope=customer`,
  `curl @${TOKEN} -u admin:hunter2 -d grant_type=password -d client_id=web -d username=ada@ -d password=hunter2`,
  `curl @${TOKEN} -u ada:hunter2 -d grant_type=password -d username=ada -d password=hunter2`,
  `curl @${TOKEN} -d grant_type=password -d client_id=web -d client_secret=hunter2 -d username=ada@ -d password=hunter2`,
  `curl @${TOKEN} -d grant_type=authorization_code -d client_id=web -d code=one-time -d code_verifier=top-secret -d redirect_uri=http://acme-header/cb`,
  `curl @${TOKEN} ${REFRESH} --data-urlencode client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer -d client_assertion=${ASSERTION}`,
  `curl @${TOKEN} -d grant_type=refresh_token -d client_id=web -d client_secret=${ASSERTION} -d refresh_token=${USERS_TOKEN}`,
  `curl @${TOKEN} -H 'DPoP: ${ASSERTION}' -H 'Authorization: DPoP ${USERS_TOKEN}' ${REFRESH}`,
  `curl @${TOKEN} -F grant_type=refresh_token -F client_id=web -F refresh_token=${USERS_TOKEN} -F note=customer`,
  `curl @${TOKEN} ${LINES} -d '{"grant_type":"refresh_token","client_id":"web","refresh_token":"the-real-token","totp":"one-time"}'`,
  `curl @${TOKEN} -d grant_type=urn:ietf:params:oauth:grant-type:token-exchange -d client_id=web -d subject_token=${USERS_TOKEN} -d pin=one-time`,
  `curl @/auth${TOKEN} -H 'Origin: http://page.test' -H 'X-Trace: acme-header' ${REFRESH}`,
  `curl @${TOKEN}s -b 'sid=s3ssion' ${REFRESH}`,
  `curl @/oauth2/default/v1/token -H 'Authorization: SSWS key-12345' ${REFRESH}`,
];

const OURS = new Set(['client_id', 'client_secret', 'grant_type', 'refresh_token']);
const HEADERS = new Set(
  'accept accept-encoding accept-language access-control-request-headers access-control-request-method authorization connection content-length content-type host origin sec-fetch-mode user-agent'.split(
    ' ',
  ),
);

const fieldsIn = ({ headers, body }: Arrived): readonly string[] => {
  const type = headers['content-type'] ?? '';
  if (type.includes('json')) return Object.keys(JSON.parse(body || '{}') as object);
  if (type.includes('multipart')) return [...body.matchAll(/name="(\w+)"/g)].map(([, name = '']) => name);
  return [...new URLSearchParams(body).keys()];
};

const isMetadata = ({ path }: Arrived): boolean => path.endsWith('/.well-known/openid-configuration');
const isTokenEndpoint = ({ path }: Arrived): boolean =>
  [TOKEN, `/auth${TOKEN}`, '/oauth2/default/v1/token'].includes(path);
const isAuthorization = ({ path }: Arrived): boolean =>
  path === `${REALM}/protocol/openid-connect/auth?client_id=web&response_type=code&scope=openid`;

/** The only things that may reach a server. */
const isAllowed = (arrived: Arrived): boolean => {
  if (arrived.method === 'GET')
    return (isMetadata(arrived) || isAuthorization(arrived)) && arrived.body === '';
  if (arrived.method === 'OPTIONS') return isTokenEndpoint(arrived) && arrived.body === '';
  const isOurs = fieldsIn(arrived).every((name) => OURS.has(name));
  return arrived.method === 'POST' && isTokenEndpoint(arrived) && isOurs;
};

const answersOf = (arrived: Arrived, origin: string): readonly [number, object] => {
  if (isMetadata(arrived)) {
    const issuer = origin + REALM;
    const endpoints = `${issuer}/protocol/openid-connect`;
    const [token_endpoint, authorization_endpoint] = [`${endpoints}/token`, `${endpoints}/auth`];
    return [200, { issuer, token_endpoint, authorization_endpoint }];
  }
  return isTokenEndpoint(arrived) && !arrived.body.includes('svc') ? refusedToken : [401, { error: 'x' }];
};

const server = () =>
  serving((arrived, reply, origin) => {
    const [status, value] = answersOf(arrived, origin);
    reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  });

const withoutBasicOfClient = ({ headers, ...rest }: Arrived) => {
  const { authorization = '', ...others } = headers;
  const shown = String(authorization).replace(/^Basic (.*)$/, (_all, credentials: string) =>
    Buffer.from(credentials, 'base64').toString().replace('svc:top-secret', ''),
  );
  return JSON.stringify({ ...rest, headers: others, shown });
};

test.each(pasted)(
  'of %s nothing leaves but the client, with a junk token, to a token endpoint',
  async (line) => {
    const { origin, arrived } = await server();
    const { status } = await cli(['doctor'], { stdin: line.replace('@', origin) });
    expect(status).toBeGreaterThan(0);
    expect(arrived.length).toBeGreaterThan(0);
    expect(arrived.filter((each) => !isAllowed(each))).toEqual([]);
    expect(
      arrived.flatMap(({ headers }) => Object.keys(headers)).filter((name) => !HEADERS.has(name)),
    ).toEqual([]);
    for (const each of arrived) expect(withoutBasicOfClient(each)).not.toMatch(PRIVATE);
  },
);

const told = async (line: string) => {
  const { origin, arrived } = await server();
  const { first, out } = await cli(['doctor'], { stdin: line.replace('@', origin) });
  return { first, out, posts: arrived.filter(({ method }) => method === 'POST') };
};

test('a request that is none to a token endpoint is only read, and that is said', async () => {
  const { out, posts } = await told('curl -X POST @/exchange/token -d client_id=web');
  expect(posts).toEqual([]);
  expect(out).toContain('was only read: it is no POST to a token endpoint that is known');
});

test.each([
  ['your token would have to go with it', `curl @${REALM}/protocol/openid-connect/userinfo`],
  ['your token would have to go with it', `curl @${TOKEN}/introspect -u api:top-secret -d token=x`],
  ['it would end a token', `curl @${REALM}/protocol/openid-connect/revoke -d client_id=web -d token=x`],
  ['it would end a session', `curl -G @${REALM}/protocol/openid-connect/logout -d client_id=web`],
  ['it would begin a sign-in', `curl -G @${REALM}/protocol/openid-connect/auth -d client_id=web`],
  ['it needs your token, and may change something', `curl -X DELETE @/admin${REALM}/users/42`],
  ['it may need your token, or change something', `curl @/orders -d amount=42.50`],
])('of another endpoint it is said why nothing was sent there: %s', async (why, line) => {
  const { out, posts } = await told(line);
  expect(posts).toEqual([]);
  expect(out.replaceAll(/\s+/g, ' ')).toContain(`The request was only read, not sent: ${why}.`);
  expect(out).not.toContain('--token-endpoint');
});

test('an assertion is good once: the request is only read', async () => {
  const now = Math.floor(Date.now() / 1000);
  const token = jwt({ typ: 'Refresh', azp: 'web', iat: now - 9, exp: now + 900 });
  const { first, out, posts } = await told(
    `curl @${TOKEN} -d grant_type=refresh_token --data-urlencode client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer -d client_assertion=${ASSERTION} -d refresh_token=${token}`,
  );
  expect(posts).toEqual([]);
  expect(first).toBe('Cannot tell: nothing is wrong with the request by itself; the server was not asked');
  expect(out).toContain('was only read: how it proves who it is of can be used once');
});

test('an address that only the command line names is a token endpoint', async () => {
  const { origin, arrived } = await serving((_arrived, reply) => {
    reply.writeHead(404, { 'content-type': 'application/json' }).end('{}');
  });
  const stdin = `curl ${origin}/exchange ${REFRESH}`;
  await cli(['doctor'], { stdin });
  expect(arrived.map(({ method }) => method)).toEqual(['GET']);
  await cli(['doctor', '--token-endpoint', `${origin}/exchange`], { stdin });
  expect(arrived.filter(({ method }) => method === 'POST').map(({ path }) => path)).toContain('/exchange');
});
