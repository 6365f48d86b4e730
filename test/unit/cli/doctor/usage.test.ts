import { expect, it } from 'vitest';
import { cli, jwt, realm } from './stage.ts';

/** The lines of the help that say what is sent, by method. */
const toldBy = (help: string): ReadonlyMap<string, string> => {
  const [, lines = ''] = /^What is sent.*\n((?: {2}.*\n)+)/m.exec(help) ?? [];
  const told = new Map<string, string>();
  for (const [, method = '', what = ''] of lines.matchAll(/^ {2}([A-Z]+) +(.*)$/gm))
    told.set(method, `${told.get(method) ?? ''} ${what}`);
  return told;
};

const clientOf = { client_id: 'web', client_secret: 'the-secret' };

it('the help says of all that is sent what it holds', async () => {
  const { out: help } = await cli(['doctor', '--help']);
  const told = toldBy(help);
  const { endpoint, issuer, arrived } = await realm(() => [401, { error: 'invalid_client' }]);
  const fields = {
    grant_type: 'refresh_token',
    ...clientOf,
    refresh_token: jwt({ iss: issuer, azp: 'web' }),
  };
  const body = new URLSearchParams({
    ...fields,
    scope: 'profile',
    redirect_uri: 'https://app.example.com/cb',
  });
  const origin = "-H 'Origin: https://app.example.com' -H 'X-Api-Key: key' -b a=b";
  const stdin = `curl '${endpoint}' ${origin} --data-raw '${body}'`;
  await cli(['doctor'], { stdin });
  expect([...told.keys()].toSorted()).toEqual([...new Set(arrived.map(({ method }) => method))].toSorted());
  const queries = arrived.map(({ path }) => [...new URL(path, issuer).searchParams]);
  expect(queries.filter(({ length }) => length > 0)).toEqual([
    [
      ['client_id', 'web'],
      ['response_type', 'code'],
      ['scope', 'openid'],
    ],
  ]);
  expect(told.get('GET')).toMatch(/client id, response_type=code, scope=openid/);
  const posted = arrived
    .filter(({ method }) => method === 'POST')
    .map((each) => new URLSearchParams(each.body));
  expect(posted).toHaveLength(2);
  for (const sent of posted) {
    expect(Object.fromEntries(sent)).toEqual({
      grant_type: 'refresh_token',
      ...clientOf,
      refresh_token: expect.stringMatching(/^junk-token/),
    });
  }
  expect(told.get('POST')).toMatch(/client id, client secret, a junk token/);
});

it('of --offline nothing is sent, as the help says', async () => {
  const { endpoint, arrived } = await realm(() => [401, { error: 'invalid_client' }]);
  await cli(['doctor', '--offline'], {
    stdin: `curl ${endpoint} -d grant_type=refresh_token -d client_id=web`,
  });
  expect(arrived).toEqual([]);
});
