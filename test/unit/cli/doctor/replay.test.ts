import { expect, test } from 'vitest';
import { type Arrived, cli, jwt, serving } from './stage.ts';

/** The client secret may leave, to the token endpoint; nothing else that has this word in it may. */
const CLIENT_SECRET = 'cs-HUSH7731-1';
const TOKEN = 'rt-HUSH7731-opaque-99';
const USERS_TOKEN = jwt({ typ: 'Refresh', azp: 'web', jti: 'HUSH7731' });
const REALM = '/realms/app';
const ENDPOINTS = `${REALM}/protocol/openid-connect`;
const AT = `@${ENDPOINTS}/token`;
const TYPE = 'application/x-www-form-urlencoded';
const FORM = `grant_type=refresh_token&client_id=web&client_secret=${CLIENT_SECRET}&refresh_token=${TOKEN}`;
const TOLD = `HTTP/1.1 401 Unauthorized\nSet-Cookie: sid=HUSH7731\n\n{"error":"invalid_token","access_token":"HUSH7731-at"}`;
const ASSERTION_TYPE = 'client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const har = (method: string, path: string, text: string): string =>
  JSON.stringify({
    log: {
      entries: [
        {
          request: {
            method,
            url: `@${path}?k=HUSH7731`,
            headers: [{ name: 'Cookie', value: 'sid=HUSH7731' }],
            postData: { mimeType: TYPE, text },
          },
          response: {
            status: 401,
            headers: [],
            content: { text: '{"error":"x","refresh_token":"HUSH7731"}' },
          },
        },
      ],
    },
  });

const postman = (method: string, path: string, raw: string): string =>
  JSON.stringify({
    info: { name: 'x', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: [
      {
        name: 'x',
        request: {
          method,
          url: { raw: `@${path}` },
          header: [{ key: 'X-Api-Key', value: 'HUSH7731' }],
          auth: {
            type: 'basic',
            basic: [
              { key: 'username', value: 'admin' },
              { key: 'password', value: 'HUSH7731' },
            ],
          },
          body: { mode: 'raw', raw },
        },
      },
    ],
  });

const insomnia = (method: string, path: string, text: string): string =>
  JSON.stringify({
    _type: 'export',
    __export_format: 4,
    resources: [
      {
        _id: 'r1',
        _type: 'request',
        method,
        url: `@${path}`,
        headers: [{ name: 'X-Api-Key', value: 'HUSH7731' }],
        authentication: { type: 'bearer', token: 'HUSH7731' },
        body: { mimeType: TYPE, text },
      },
    ],
  });

const wire = (line: string, body: string): string =>
  `${line} HTTP/1.1\nHost: %\nCookie: sid=HUSH7731\nX-Api-Key: HUSH7731\nContent-Type: ${TYPE}\n\n${body}\n\n${TOLD}`;

/** As people paste them, with `@` for the origin of the server and `%` for its host. */
const readOnly: readonly string[] = [
  har('DELETE', `/admin${REALM}/users/42`, ''),
  har('POST', '/orders', 'item=42&code=HUSH7731&token=HUSH7731'),
  har('POST', '/webhooks', 'token=HUSH7731&client_id=web'),
  har('POST', `${ENDPOINTS}/logout`, `client_id=web&refresh_token=${TOKEN}`),
  postman('PUT', '/orders/7', '{"amount":1,"pin":"HUSH7731"}'),
  postman('POST', `${ENDPOINTS}/token/introspect`, `token=${TOKEN}`),
  postman('POST', '/graphql', '{"query":"mutation { pay(pin: HUSH7731) }"}'),
  insomnia('DELETE', '/admin/users/42', ''),
  insomnia('POST', `${ENDPOINTS}/auth/device`, `client_id=web&client_secret=${CLIENT_SECRET}`),
  insomnia('POST', `${ENDPOINTS}/revoke`, `client_id=web&token=${TOKEN}`),
  wire('PUT /admin/users/42', 'enabled=false&password=HUSH7731'),
  wire(`POST ${ENDPOINTS}/logout`, `client_id=web&refresh_token=${TOKEN}`),
  `@key = HUSH7731\n###\nDELETE @/orders/7\nX-Api-Key: {{key}}\n`,
  `http DELETE @/admin/users/42 'X-Api-Key: HUSH7731'`,
  `http -f POST @/orders pin=HUSH7731 token=HUSH7731 Cookie:sid=HUSH7731`,
  `http -f POST @${ENDPOINTS}/revoke client_id=web token=${TOKEN}`,
  `wget --method=PUT --header='X-Api-Key: HUSH7731' --body-data='pin=HUSH7731' @/orders/7`,
  `axios({ method: 'delete', url: '@/admin/users/42', headers: { Authorization: 'Bearer ${USERS_TOKEN}' } })`,
  `await fetch('@/graphql', { method: 'POST', headers: { cookie: 'sid=HUSH7731' }, body: '{"query":"mutation { x }"}' })\n// {"error":"x"}`,
  `import requests\nrequests.put('@/orders/7', headers={'X-Api-Key': 'HUSH7731'}, cookies={'a': 'HUSH7731'}, data='pin=HUSH7731')`,
  `Invoke-RestMethod -Method Delete -Uri "@/admin/users/42" -Headers @{ 'X-Api-Key' = 'HUSH7731' }`,
  `curl -X POST @/webhooks -b sid=HUSH7731 -d @- <<EOF\ntoken=HUSH7731\nEOF\n{"error":"x","token":"HUSH7731"}`,
  `KEY=HUSH7731\ncurl -X DELETE "@/admin/users/42" -H "X-Api-Key: $KEY"`,
  `http-outgoing-0 >> DELETE /admin/users/42 HTTP/1.1\nhttp-outgoing-0 >> Host: %\nhttp-outgoing-0 >> Cookie: sid=HUSH7731\nhttp-outgoing-0 << HTTP/1.1 401 Unauthorized\n`,
  `I/okhttp: --> PUT @/orders/7\nI/okhttp: X-Api-Key: HUSH7731\nI/okhttp: \nI/okhttp: pin=HUSH7731\nI/okhttp: --> END PUT\nI/okhttp: <-- 401 @/orders/7\n`,
  `Sending HTTP request POST @/webhooks?token=HUSH7731\nReceived HTTP response headers after 1ms - 401\n`,
  `Request URL: @/orders\nRequest Method: POST\n\nPayload\nclient_id: web\npin: HUSH7731\n\n${TOLD}`,
  `client-id: web\nclient-secret: HUSH7731\ngrant-type: client_credentials\ntoken-uri: ${AT}\n\n401 {"error":"invalid_client"}`,
  `OIDC_CLIENT_ID=web\nOIDC_CLIENT_SECRET=HUSH7731\nOIDC_ISSUER=@${REALM}\n\n401 {"error":"invalid_client"}`,
  `kcadm.sh config credentials --server @/ --realm app --client web --user ada --password HUSH7731 --secret HUSH7731\nInvalid user credentials [invalid_grant]`,
  `curl ${AT} -d grant_type=refresh_token -d ${ASSERTION_TYPE} -d client_assertion=${USERS_TOKEN}`,
  `curl ${AT} -u ada:HUSH7731%21 -d grant_type=password -d username=ada --data-urlencode 'password=HUSH7731!'`,
  `curl ${AT} -u 'web:HUSH7731%21' -d grant_type=password -d username=ada --data-urlencode 'password=HUSH7731!'`,
];

const tried: readonly string[] = [
  `http-outgoing-0 >> POST ${ENDPOINTS}/token HTTP/1.1\nhttp-outgoing-0 >> Host: %\nhttp-outgoing-0 >> Content-Type: ${TYPE}\nhttp-outgoing-0 >> Cookie: sid=HUSH7731\nhttp-outgoing-0 >> "${FORM}"\nhttp-outgoing-0 << HTTP/1.1 401 Unauthorized\n`,
  `POST ${AT} 401 (Unauthorized)\n\nForm Data\n${FORM.replaceAll('=', ': ').replaceAll('&', '\n')}\n\n${TOLD}`,
  wire(`DELETE ${ENDPOINTS}/token`, FORM),
  `wget --method=PUT --header='X-Api-Key: HUSH7731' --body-data='${FORM}' ${AT}`,
  `http -f POST ${AT} 'X-Api-Key: HUSH7731' grant_type=refresh_token client_id=web refresh_token=${TOKEN}`,
  postman('POST', '/oauth2/token', `grant_type=authorization_code&client_id=web&code=HUSH7731`),
  `curl ${AT} -H 'Origin: http://page.test/HUSH7731?x=HUSH7731' -d '${FORM}'`,
  `curl ${AT} -u '${USERS_TOKEN}:' -d grant_type=refresh_token`,
  `curl ${AT} -u '${TOKEN}:' -d grant_type=refresh_token -d refresh_token=${TOKEN}`,
  `curl ${AT} -d grant_type=refresh_token -d client_id=${USERS_TOKEN}`,
  `curl ${AT} -d 'grant_type=refresh_token&client_id=web refresh_token=${TOKEN}'`,
  `curl ${AT} -d 'grant_type=refresh_token&client_id=web%0Arefresh_token%3D${TOKEN}'`,
  `curl ${AT} -H 'Content-Type: application/json' -d '{"grant_type":"refresh_token","client_id":{"a":"HUSH7731"},"refresh_token":"${TOKEN}"}'`,
  `curl ${AT} -d grant_type=password -d client_id=HUSH7731 -d username=ada -d password=HUSH7731`,
  `curl ${AT} -d client_id=web -d grant_type=password -d username=ada -d password=x -d password=HUSH7731 -d client_secret=HUSH7731`,
  `curl 'http://ada:HUSH7731@%${ENDPOINTS}/token' -d grant_type=password -d client_id=web -d username=ada -d password=HUSH7731`,
  `curl ${AT} -d grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer -d client_id=web -d client_secret=${TOKEN} -d assertion=${TOKEN}`,
  `curl ${AT} -d client_id=web -d 'grant_type=${TOKEN}' -d refresh_token=${TOKEN}`,
];

const server = () =>
  serving(({ path }, reply, origin) => {
    const issuer = origin + REALM;
    const endpoint = `${origin}${ENDPOINTS}`;
    const metadata = {
      issuer,
      token_endpoint: `${endpoint}/token`,
      authorization_endpoint: `${endpoint}/auth`,
    };
    const isMetadata = path.includes('/.well-known/');
    reply.writeHead(isMetadata ? 200 : 401, { 'content-type': 'application/json', 'set-cookie': 'a=b' });
    reply.end(JSON.stringify(isMetadata ? metadata : { error: 'invalid_client' }));
  });

const replay = async (paste: string, args: readonly string[] = []) => {
  const { origin, arrived } = await server();
  const stdin = paste.replaceAll('%/', `${origin.slice(7)}/`).replace('Host: %', `Host: ${origin.slice(7)}`);
  const { out, err } = await cli(['doctor', ...args], { stdin: stdin.replace(/@(?=\/)/g, origin) });
  return { arrived, said: out + err };
};

/** All that a server hears, with Basic decoded, but for the client secret. */
const heard = ({ method, path, headers, body }: Arrived): string => {
  const [, credentials = ''] = /^Basic (.*)$/.exec(String(headers['authorization'])) ?? [];
  const basic = Buffer.from(credentials, 'base64').toString();
  const all = JSON.stringify({ method, path, headers, body: decodeURIComponent(body), basic });
  return all.replaceAll(CLIENT_SECRET, '');
};

const ADDRESSES = new RegExp(
  `^(?:GET .*/\\.well-known/openid-configuration|GET ${ENDPOINTS}/auth\\?client_id=web&response_type=code&scope=openid|(?:POST|OPTIONS) (?:${ENDPOINTS}|/oauth2)/token)$`,
);

const lines = (arrived: readonly Arrived[]): readonly string[] =>
  arrived.map(({ method, path }) => `${method} ${path}`);

test.each([...readOnly, ...tried])('replayed %s gives nothing away', async (paste) => {
  for (const args of [[], ['--json']]) {
    const { arrived, said } = await replay(paste, args);
    expect(lines(arrived).filter((line) => !ADDRESSES.test(line))).toEqual([]);
    expect(arrived.flatMap(({ headers }) => headers['cookie'] ?? [])).toEqual([]);
    for (const each of arrived) {
      expect(heard(each)).not.toContain('HUSH7731');
      expect(heard(each)).not.toContain(USERS_TOKEN);
    }
    expect(said).not.toContain('HUSH7731');
    expect(said).not.toContain(USERS_TOKEN);
  }
});

test.each(readOnly)('%s is only read', async (paste) => {
  const { arrived } = await replay(paste);
  expect(lines(arrived).length).toBeGreaterThan(0);
  expect(lines(arrived).filter((line) => !line.startsWith('GET '))).toEqual([]);
});

test.each(tried)('%s is tried with a junk token', async (paste) => {
  const { arrived } = await replay(paste);
  expect(lines(arrived).some((line) => line.startsWith('POST '))).toBe(true);
});

test.each(readOnly.filter((paste) => /^(?:client-id|OIDC|kcadm)/.test(paste)))(
  '%s is not even spent, since not all of it is known',
  async (paste) => {
    const { arrived, said } = await replay(paste, ['--spend']);
    expect(lines(arrived).filter((line) => !line.startsWith('GET '))).toEqual([]);
    expect(said).toContain('not all of it is known');
  },
);
