import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../../src/cli/curl/address.ts';
import { cli, jwt, realm, refusedToken } from './stage.ts';

const PATH = '/realms/app/protocol/openid-connect/token';
const BODY = '-d grant_type=refresh_token -d client_id=web -d client_secret=opq-secret-0123456789';
const SAID = '\n{"error":"invalid_grant","error_description":"Token is not active"}';

/** What is printed on one line, and where anything was sent. */
const examined = async (stdin: string, ...args: readonly string[]) => {
  const asked: unknown[] = [];
  const { out, err } = await cli(['doctor', ...args], {
    stdin,
    fetch: async (url) => {
      asked.push(url);
      throw new TypeError('fetch failed');
    },
  });
  return { printed: (out + err).replaceAll(/\s+/g, ' '), asked };
};

it('shows the authorization endpoint no secret that stands in the place of the client id', async () => {
  const asked: string[] = [];
  const issuer = 'https://id.test/realms/app';
  await cli(['doctor'], {
    stdin: `curl ${issuer}/protocol/openid-connect/token -d grant_type=refresh_token -d client_id=known-secret-1 -d refresh_token=a`,
    env: { TOKEN_VIGIL_CLIENT_SECRET: 'known-secret-1' },
    fetch: async (url, { method } = {}) => {
      asked.push(new Request(url).url);
      if (method === 'POST') return Response.json({ error: 'invalid_client' }, { status: 401 });
      const endpoints = `${issuer}/protocol/openid-connect`;
      return Response.json({
        issuer,
        token_endpoint: `${endpoints}/token`,
        authorization_endpoint: `${endpoints}/auth`,
      });
    },
  });
  expect(asked.length).toBeGreaterThan(1);
  expect(String(asked)).not.toContain('known-secret-1');
});

it('shows no piece of a given secret that falls into fields', async () => {
  const { out, err } = await cli(['doctor', '--offline'], {
    stdin: `curl https://id.test${PATH} -d grant_type=refresh_token -d client_id=web -d client_secret=$SECRET`,
    env: { TOKEN_VIGIL_CLIENT_SECRET: 'abcd&Tailname=1&scope=Zzvalue' },
  });
  expect(`${out}${err}`).not.toMatch(/Tailname|Zzvalue/);
});

it('sends nothing to a host that has characters of no host in its name', async () => {
  const { asked } = await examined(`curl 'https://***.id.test${PATH}' ${BODY}${SAID}`);
  expect(asked).toEqual([]);
});

it('takes no password in front of the host for a port, and does not join it to the name', () => {
  expect(addressOf(`https://web:$ecretOfWeb@id.test${PATH}`)).toEqual({
    url: `https://id.test${PATH}`,
    userAndPassword: 'web:$ecretOfWeb',
  });
});

describe('An address with a variable in it', () => {
  it.each([
    ['of a shell', `curl $KEYCLOAK_URL${PATH} ${BODY}`, '$KEYCLOAK_URL', '`KEYCLOAK_URL=…`'],
    ['in braces', `curl "\${KC}${PATH}" ${BODY}`, '${KC}', '`KC=…`'],
    ['small', `curl "https://$kc${PATH}" ${BODY}`, '$kc', '`kc=…`'],
    ['small, within the host', `curl "https://id.$kc.com${PATH}" ${BODY}`, '$kc', '`kc=…`'],
    ['in the host of a template', `curl 'https://{tenant}.id.test${PATH}' ${BODY}`, '{tenant}', '`tenant=…`'],
    ['behind a user', `curl "https://w:p@id.$KC.com${PATH}" ${BODY}`, '$kc', '`kc=…`'],
    ['for the port', `curl "http://127.0.0.1:$PORT${PATH}" ${BODY}`, '$PORT', '`PORT=…`'],
    [
      'for the realm',
      `curl "http://127.0.0.1:1${PATH.replace('app', '$REALM')}" ${BODY}`,
      '$REALM',
      '`REALM=…`',
    ],
    [
      'that is a placeholder',
      `curl "http://127.0.0.1:1${PATH.replace('app', '<realm>')}" ${BODY}`,
      '<realm>',
      '',
    ],
    ['of Postman', `curl '{{host}}${PATH}' ${BODY}`, '{{host}}', '`@host = …`'],
    [
      'of an editor',
      `POST {{host}}${PATH}\n\n${BODY.replace('-d ', '').replaceAll(' -d ', '&')}\n`,
      '{{host}}',
      '`@host = …`',
    ],
    [
      'of a program',
      `fetch(\`\${KC}${PATH}\`, { method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token', client_id: 'web' }) })`,
      '${KC}',
      '`KC=…`',
    ],
    ['that holds all of it', `curl $TOKEN_URL ${BODY}`, '$TOKEN_URL', '`TOKEN_URL=…`'],
  ])('is named, and the request read but sent nowhere: %s', async (_what, request, name, remedy) => {
    for (const args of [[], ['--spend'], ['--origin', 'http://page.test']]) {
      const { printed, asked } = await examined(`${request}${SAID}`, ...args);
      expect(printed).toContain('The request goes to the token endpoint');
      expect(printed).toContain(`has a variable in it (${name}), so nothing was sent there`);
      expect(printed).toContain(remedy);
      expect(printed).toContain('invalid_grant');
      expect(printed).not.toContain('opq-secret');
      expect(asked).toEqual([]);
    }
  });

  it('says which endpoint it is by its path', async () => {
    const request = `curl $KC${PATH.replace('token', 'userinfo')} -H 'Authorization: Bearer x'\n401`;
    expect((await examined(request)).printed).toContain('goes to the userinfo endpoint');
  });

  it('tells nothing of the host and the realm', async () => {
    const token = jwt({ typ: 'Refresh', azp: 'web', iss: 'https://id.example/realms/other' });
    const said = '\n{"error":"invalid_grant","error_description":"Invalid token issuer"}';
    const on = (address: string) =>
      examined(`curl ${address} ${BODY} -d refresh_token=${token}${said}`, '--offline');
    const claims = /issued at|is of realm/;
    expect((await on(`https://kc.example${PATH}`)).printed).toMatch(claims);
    expect((await on(`$KC${PATH}`)).printed).not.toMatch(claims);
  });

  it('leaves the other variables of Postman unknown', async () => {
    const request = `curl '{{host}}${PATH}' ${BODY} -d refresh_token={{refresh_token}}`;
    expect((await examined(request, '--offline')).printed).not.toContain('is a placeholder');
  });

  it('is the token endpoint of the issuer that is named', async () => {
    const { origin, arrived } = await realm(() => refusedToken);
    const { out } = await cli(['doctor', '--issuer', `${origin}/realms/app`], {
      stdin: `curl $KC${PATH} ${BODY} -d refresh_token=abc${SAID}`,
    });
    const printed = out.replaceAll(/\s+/g, ' ');
    expect(printed).toContain(`POST ${origin}${PATH}`);
    expect(printed).toContain('($KC). It is taken for the token endpoint that the options name');
    expect(arrived.some(({ method, path }) => method === 'POST' && path === PATH)).toBe(true);
  });
});
