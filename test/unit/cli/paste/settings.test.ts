import { describe, expect, it } from 'vitest';
import { readPaste } from '../../../../src/cli/paste/readPaste.ts';
import { bodyFieldsOf } from '../../../../src/cli/request/bodyFields.ts';
import { cli } from '../doctor/stage.ts';

const REALM = 'https://id.example/realms/app';
const TOKEN_URL = `${REALM}/protocol/openid-connect/token`;
const SECRET = 'Aq3wEr5tYu7iOp9aSd1fGh2j';
const JSON_BODY =
  '{"error":"unauthorized_client","error_description":"Invalid client or Invalid client credentials"}';
const ERROR = `Caused by: HttpClientErrorException$Unauthorized: 401 Unauthorized on POST request for "${TOKEN_URL}": "${JSON_BODY}"\n\tat a.b.C.d(C.java:1)`;

const spring = (secret: string): string =>
  `spring:\n  security:\n    oauth2:\n      client:\n        registration:\n          web:\n            client-id: web\n            client-secret: ${secret}\n            authorization-grant-type: client_credentials\n        provider:\n          keycloak:\n            token-uri: ${TOKEN_URL}\n`;

const REGISTRATION = 'spring.security.oauth2.client.registration.web';

const fieldsIn = (text: string) => {
  const { request } = readPaste(text)[0] ?? {};
  return Object.fromEntries(bodyFieldsOf(request?.body).fields);
};

const causesOf = async (stdin: string, args: readonly string[] = []) => {
  const { out } = await cli(['doctor', '--offline', '--json', ...args], { stdin });
  return (JSON.parse(out) as { causes: { id: string; certainty: string }[] }).causes;
};

const WITH_GRANT = { grant_type: 'client_credentials', client_id: 'web', client_secret: SECRET };
const WITHOUT_GRANT = { client_id: 'web', client_secret: SECRET };

describe('The settings of a program beside an error', () => {
  it.each([
    ['application.yml', spring(SECRET), WITH_GRANT],
    [
      'a program',
      `clientId = "web";\nclientSecret = '${SECRET}'; // of the realm\ngrantType = "client_credentials"\ntokenUrl = "${TOKEN_URL}";\n`,
      WITH_GRANT,
    ],
    [
      'a shell, with a remark',
      `export CLIENT_ID="web" # ours\nexport CLIENT_SECRET='${SECRET}' # not theirs\nexport TOKEN_URL=${TOKEN_URL}\n`,
      WITHOUT_GRANT,
    ],
    ['a remark in it', spring(`'${SECRET}' # of the realm`), WITH_GRANT],
    [
      'application.properties',
      `${REGISTRATION}.client-id=web\n${REGISTRATION}.client-secret=${SECRET}\n${REGISTRATION}.authorization-grant-type=client_credentials\nspring.security.oauth2.client.provider.kc.issuer-uri=${REALM}\n`,
      WITH_GRANT,
    ],
    [
      'Quarkus',
      `quarkus.oidc.auth-server-url=${REALM}\nquarkus.oidc.client-id=web\nquarkus.oidc.credentials.secret=${SECRET}\n`,
      WITHOUT_GRANT,
    ],
    [
      'keycloak.json',
      `{\n  "realm": "app",\n  "auth-server-url": "https://id.example/",\n  "resource": "web",\n  "credentials": { "secret": "${SECRET}" }\n}\n`,
      WITHOUT_GRANT,
    ],
    [
      'appsettings.json',
      `{\n  "Oidc": {\n    "Authority": "${REALM}",\n    "ClientId": "web",\n    "ClientSecret": "${SECRET}"\n  }\n}\n`,
      WITHOUT_GRANT,
    ],
    [
      '.env',
      `KEYCLOAK_URL=https://id.example\nKEYCLOAK_REALM=app\nKEYCLOAK_CLIENT_ID=web\nexport KEYCLOAK_CLIENT_SECRET="${SECRET}"\n`,
      WITHOUT_GRANT,
    ],
    [
      'docker-compose.yml',
      `services:\n  app:\n    environment:\n      - OIDC_ISSUER=${REALM}\n      - OIDC_CLIENT_ID=web\n      - OIDC_CLIENT_SECRET=${SECRET}\n`,
      WITHOUT_GRANT,
    ],
    [
      'a program of JavaScript',
      `const config = {\n  issuer: '${REALM}',\n  clientId: 'web',\n  clientSecret: '${SECRET}',\n};\n`,
      WITHOUT_GRANT,
    ],
    ['the address in the error alone', `OIDC_CLIENT_ID=web\nOIDC_CLIENT_SECRET=${SECRET}\n`, WITHOUT_GRANT],
  ])('tell what the request holds: %s', async (_name, settings, fields) => {
    for (const text of [`${ERROR}\n\n${settings}`, `${settings}\n${ERROR}`]) {
      expect(readPaste(text)).toMatchObject([
        {
          request: { method: 'POST', url: TOKEN_URL, isSketch: true },
          answer: { status: 401, text: JSON_BODY },
        },
      ]);
      expect(fieldsIn(text)).toEqual(fields);
      const [first] = await causesOf(text);
      expect(first).toMatchObject({ id: 'client-secret-wrong', certainty: 'likely' });
    }
  });

  it('hold no proof of the client where the address has a password', () => {
    const text = `${ERROR}\nquarkus.oidc.auth-server-url=http://u:p@id.example/realms/app\nquarkus.oidc.client-id=web\nquarkus.oidc.credentials.secret=${SECRET}\n`;
    expect(readPaste(text)[0]?.request?.headers).toEqual([
      ['Content-Type', 'application/x-www-form-urlencoded'],
    ]);
  });

  it('tell how the secret is sent', () => {
    const text = `${spring(SECRET)}client-authentication-method: client_secret_basic\n${ERROR}`;
    expect(fieldsIn(text)).toEqual({ grant_type: 'client_credentials', client_id: 'web' });
    expect(readPaste(text)[0]?.request?.headers).toEqual([
      ['Authorization', `Basic ${Buffer.from(`web:${SECRET}`).toString('base64')}`],
      ['Content-Type', 'application/x-www-form-urlencoded'],
    ]);
  });

  it.each(['${SECRET}', '$SECRET', '%env(SECRET)%', '@secret@', 'process.env.SECRET'])(
    'tell that a secret is sent which stands elsewhere: %s',
    async (variable) => {
      const text = `${ERROR}\n\n${spring(variable)}`;
      expect(readPaste(text)[0]?.request?.filledIn).toEqual([variable]);
      const ids = (await causesOf(text)).map(({ id }) => id);
      expect(ids[0]).toBe('client-secret-wrong');
      expect(ids).not.toContain('client-secret-placeholder');
      expect(ids).not.toContain('client-secret-missing');
    },
  );

  it('tell the value of a variable that is set beside it', () => {
    expect(fieldsIn(`${ERROR}\n${spring('${CLIENT_SECRET}')}\n.env\nCLIENT_SECRET=${SECRET}\n`)).toEqual(
      WITH_GRANT,
    );
  });

  it.each([
    [
      'quotation marks of a file of properties',
      `${REGISTRATION}.client-id=web\n${REGISTRATION}.client-secret="${SECRET}"\n`,
      'client-secret-padded',
    ],
    [
      'quotation marks of a list',
      `      - OIDC_CLIENT_ID=web\n      - OIDC_CLIENT_SECRET="${SECRET}"\n`,
      'client-secret-padded',
    ],
    [
      'a blank at the end',
      `${REGISTRATION}.client-id=web\n${REGISTRATION}.client-secret=${SECRET} \n`,
      'client-secret-padded',
    ],
    ['what should be filled in', spring('changeme'), 'client-secret-placeholder'],
  ])('tell what is wrong with the secret: %s', async (_what, settings, id) => {
    const [first] = await causesOf(`${ERROR}\n\n${settings}`);
    expect(first?.id).toBe(id);
    expect(first?.certainty).not.toBe('shown');
  });

  it('do not tell the secret of several that were in use', () => {
    expect(fieldsIn(`${ERROR}\n${spring(SECRET)}\nOIDC_CLIENT_SECRET=another\n`)['client_secret']).toBe(
      '***',
    );
  });

  it('do not tell the grant where a client has others beside', () => {
    const settings = spring(SECRET).replace('client_credentials', 'authorization_code');
    expect(fieldsIn(`${ERROR}\n\n${settings}`)).toEqual(WITHOUT_GRANT);
  });

  it.each([
    ['two clients are set', `${ERROR}\n${spring(SECRET)}client-id: other\n`],
    [
      'an API answers',
      `HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer error="invalid_token"\n\n${spring(SECRET)}`,
    ],
    ['neither secret nor grant is set', `${ERROR}\nclient-id: web\ntoken-uri: ${TOKEN_URL}\n`],
    ['nothing tells the address', `${JSON_BODY}\nOIDC_CLIENT_ID=web\nOIDC_CLIENT_SECRET=${SECRET}\n`],
    [
      'the realm is missing',
      `${JSON_BODY}\nKEYCLOAK_URL=https://id.example\nOIDC_CLIENT_ID=web\nOIDC_CLIENT_SECRET=${SECRET}\n`,
    ],
    [
      'two realms are set',
      `${JSON_BODY}\nKEYCLOAK_URL=https://id.example\nKEYCLOAK_REALM=a\nrealm: b\nOIDC_CLIENT_ID=web\nOIDC_CLIENT_SECRET=${SECRET}\n`,
    ],
    ['they are remarks', `${ERROR}\n${spring(SECRET).replaceAll(/^/gm, '# ')}`],
  ])('tell nothing where %s', (_why, text) => {
    const [exchange] = readPaste(text);
    expect(bodyFieldsOf(exchange?.request?.body).fields.filter(([name]) => name !== 'client_id')).toEqual([]);
    expect(exchange?.request?.isSketch ?? false).toBe(false);
  });
});

describe("The sign-in of Keycloak's own commands", () => {
  const COMMAND =
    '$ docker exec keycloak /opt/keycloak/bin/kcadm.sh config credentials --server http://id.example:8080/ --realm hq';
  const LOGIN = 'Logging into http://id.example:8080 as user anna of realm hq';
  const url = 'http://id.example:8080/realms/hq/protocol/openid-connect/token';
  const USER = { grant_type: 'password', client_id: 'admin-cli', username: 'anna' };

  it.each([
    ['both', `${COMMAND} --user anna\n${LOGIN}\nEnter password: ****\n`, USER],
    ['what it says', `${LOGIN}\n`, USER],
    ['its options', `${COMMAND} --user anna --password x\n`, USER],
    [
      'a client',
      `${COMMAND.replace('kcadm', 'kcreg')} --client robot\n`,
      { grant_type: 'client_credentials', client_id: 'robot' },
    ],
    [
      'a service account',
      `Logging into http://id.example:8080 as service-account-robot of realm hq\n`,
      { grant_type: 'client_credentials', client_id: 'admin-cli' },
    ],
  ])('is told by %s', (_what, text, fields) => {
    const pasted = `${text}HTTPS required [invalid_request]\n`;
    expect(readPaste(pasted)).toMatchObject([{ request: { method: 'POST', url, isSketch: true } }]);
    expect(fieldsIn(pasted)).toEqual(fields);
  });

  it('has the secret of its client in a header', () => {
    const [exchange] = readPaste(`${COMMAND} --client robot --secret ${SECRET}\nx y [unauthorized_client]\n`);
    expect(exchange?.request?.headers).toEqual([
      ['Authorization', `Basic ${Buffer.from(`robot:${SECRET}`).toString('base64')}`],
    ]);
  });

  it.each([
    ['HTTPS required [invalid_request]', 'https-required'],
    ['Invalid user credentials [invalid_grant]', 'user-credentials-wrong'],
    ['Client not enabled to retrieve service account [unauthorized_client]', 'service-account-off'],
  ])('is refused in words: %s', async (words, id) => {
    const who = id === 'service-account-off' ? '--client robot' : `--user anna\n${LOGIN}`;
    const [first] = await causesOf(`${COMMAND} ${who}\n${words}\n`);
    expect(first?.id).toBe(id);
    const [alone] = readPaste(words);
    expect(JSON.parse(alone?.answer?.text ?? '')).toEqual({
      error: /\[(.*)\]/.exec(words)?.[1],
      error_description: words.split(' [')[0],
    });
  });

  it('is not what fails after it', () => {
    expect(
      readPaste(`${COMMAND} --user anna\n${LOGIN}\n$ kcadm.sh get users\nHTTP error - 403 Forbidden\n`)[0]
        ?.request,
    ).toBeUndefined();
    expect(
      readPaste(`${COMMAND} --user anna\n${LOGIN}\n$ kcadm.sh create users\nnull [unknown_error]\n`)[0]
        ?.request,
    ).toBeUndefined();
  });
});
