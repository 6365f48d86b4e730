import { describe, expect, it } from 'vitest';
import { cli, realm } from './stage.ts';

const refused = [401, { error: 'unauthorized_client' }] as const;
const unidentified = [401, { error: 'invalid_client' }] as const;

interface Found {
  readonly id: string;
  readonly certainty: string;
}

const firstOf = async (stdin: string, ...args: string[]): Promise<Found | undefined> => {
  const { out } = await cli(['doctor', '--json', ...args], { stdin });
  return (JSON.parse(out) as { causes: Found[] }).causes[0];
};

const ofConfidential = () =>
  realm((fields, { headers }) =>
    headers['content-type']?.includes('urlencoded') && fields.has('client_id') ? refused : unidentified,
  );

const EMPTY = 'HTTP/1.1 401 Unauthorized\nContent-Length: 0\n\n';

describe('an empty 401, where the provider says the same in words', () => {
  it.each([
    [
      'a public client',
      '-d grant_type=refresh_token -d client_id=web -d refresh_token=t',
      'client-secret-missing',
    ],
    [
      "Postman's form-data",
      '-F grant_type=refresh_token -F client_id=web -F refresh_token=t',
      'multipart-body',
    ],
    ['no client', '-d grant_type=refresh_token -d refresh_token=t', 'client-id-missing'],
  ])('of %s is the one of the provider', async (_what, options, id) => {
    const { endpoint } = await ofConfidential();
    const command = `curl -i ${endpoint} ${options}\n\n`;
    expect(await firstOf(command + EMPTY)).toMatchObject({ id });
    expect(await firstOf(command, '--status', '401')).toMatchObject({ id });
  });

  it('is that of a gateway all the same, if it says so', async () => {
    const { endpoint } = await ofConfidential();
    const command = `curl -i ${endpoint} -d grant_type=refresh_token -d client_id=web -d refresh_token=t\n\n`;
    const ofGateway = EMPTY.replace('\n', '\nServer: nginx\n');
    expect(await firstOf(command + ofGateway)).toMatchObject({ id: 'gateway-answers' });
  });
});
