import { expect, test } from 'vitest';
import { cli, jwt, realm, refusedToken, serving } from './stage.ts';

const REFRESH = '-d grant_type=refresh_token -d client_id=web';
const PATH = 'protocol/openid-connect/token';
const NO_REALM = 'HTTP/1.1 404 Not Found\n\n{"error":"Realm does not exist"}';

const correctedOf = async (stdin: string, ...args: string[]) => {
  const { out } = await cli(['doctor', '--json', ...args], { stdin });
  return (JSON.parse(out) as { corrected: string }).corrected;
};

test('a corrected request does not go to a realm that is not there', async () => {
  const { origin } = await realm(() => refusedToken);
  const corrected = await correctedOf(`curl ${origin}/realms/apps/${PATH} ${REFRESH} -d refresh_token=a`);
  expect(corrected).toContain(`'${origin}/realms/<realm>/${PATH}'`);
});

test('it goes to the realm that issued the token', async () => {
  const { origin, issuer } = await realm(() => refusedToken);
  const token = jwt({ typ: 'Refresh', iss: issuer, azp: 'web' });
  const line = `curl ${origin}/realms/apps/${PATH} ${REFRESH} -d refresh_token=${token}`;
  expect(await correctedOf(line)).toContain(`'${origin}/realms/app/${PATH}'`);
  expect(await correctedOf(`${line}\n${NO_REALM}`, '--offline')).toContain(`'${origin}/realms/app/${PATH}'`);
});

test('it goes where the server was found', async () => {
  const { origin } = await serving(({ path }, reply, own) => {
    const isThere = path === '/realms/app/.well-known/openid-configuration';
    const issuer = `${own}/realms/app`;
    reply
      .writeHead(isThere ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify(isThere ? { issuer, token_endpoint: `${issuer}/${PATH}` } : { error: 'x' }));
  });
  const line = `curl ${origin}/auth/realms/app/${PATH} ${REFRESH} -d refresh_token=a`;
  expect(await correctedOf(line)).toContain(`'${origin}/realms/app/${PATH}'`);
});

test('where the realm is in doubt only, it stays', async () => {
  const line = `curl https://id.example/realms/app/${PATH} ${REFRESH} -d refresh_token=a -H 'Origin: https://a.example'\nTypeError: Failed to fetch`;
  expect(await correctedOf(line, '--offline')).toContain(`'https://id.example/realms/app/${PATH}'`);
});

test.each([
  ['a command', `curl '{{base}}/realms/app/${PATH}' ${REFRESH}`, '{{base}}/'],
  ['a command of httpie', `http -f POST '{{base}}/realms/app/${PATH}' grant_type=refresh_token`, '{{base}}/'],
  ['HTTP as text', `POST {{base}}/realms/app/${PATH} HTTP/1.1\n\ngrant_type=refresh_token`, '{{base}}/'],
  ['with its scheme', `curl 'https://{{host}}/realms/app/${PATH}' ${REFRESH}`, 'https://{{host}}/'],
])('a variable in front keeps its scheme to itself: %s', async (_what, line, beginning) => {
  expect(await correctedOf(line, '--offline')).toContain(`'${beginning}realms/app/${PATH}'`);
});
