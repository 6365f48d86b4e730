import { describe, expect, it } from 'vitest';
import type { RankedCause } from '../../../../src/explain/explanation.ts';
import { cli, jwt, realm, refusedToken } from './stage.ts';

/** With a token that is whole, in place of `$RT`. */
const causesOf = async (paste: string, ...args: string[]): Promise<readonly RankedCause[]> => {
  const [issuer] = /https?:\/\/[^/]+\/realms\/app/.exec(paste) ?? [];
  const stdin = paste.replace('$RT', jwt({ iss: issuer, azp: 'web', typ: 'Refresh' }));
  const { out } = await cli(['doctor', '--json', ...args], { stdin });
  return (JSON.parse(out) as { causes: readonly RankedCause[] }).causes;
};

const SECRET = 'the-secret';

/** It reads forms only, and knows one confidential client. */
const ofConfidential = () =>
  realm((fields, { headers }) => {
    const isForm = headers['content-type']?.includes('urlencoded') && fields.get('client_id') === 'web';
    if (!isForm) return [401, { error: 'invalid_client' }];
    return fields.get('client_secret') === SECRET ? refusedToken : [401, { error: 'unauthorized_client' }];
  });

describe('a body that is mended', () => {
  it.each([
    [
      'JSON',
      '--json \'{"grant_type":"refresh_token","client_id":"web","refresh_token":"$RT"',
      "}'",
      'json-body',
    ],
    ['multipart', '-F grant_type=refresh_token -F client_id=web -F refresh_token=$RT', '', 'multipart-body'],
  ])('is not all that is wrong: %s', async (_what, start, end, id) => {
    const { endpoint } = await ofConfidential();
    const withSecret = end ? `${start},"client_secret":"wrong"` : `${start} -F client_secret=wrong`;
    for (const [options, next] of [
      [start + end, 'client-secret-missing'],
      [withSecret + end, 'client-secret-wrong'],
    ] as const) {
      const [first, second] = await causesOf(`curl ${endpoint} ${options}\n\n{"error":"invalid_client"}`);
      expect(first).toMatchObject({ id, certainty: 'shown' });
      expect(second).toMatchObject({ id: next, certainty: 'likely' });
      expect(second?.evidence[0]).toBe(
        'After that, the answer to the corrected request was 401 unauthorized_client.',
      );
    }
  });

  it('is all that is wrong, where the mended request gets through', async () => {
    const { endpoint } = await ofConfidential();
    const options = `-F grant_type=refresh_token -F client_id=web -F client_secret=${SECRET} -F refresh_token=$RT`;
    const causes = await causesOf(`curl ${endpoint} ${options}\n\n{"error":"invalid_client"}`);
    expect(causes.map(({ id }) => id)).toEqual(['multipart-body']);
  });
});

describe('an `Authorization: Bearer` header at a token endpoint', () => {
  const request = '-d grant_type=refresh_token -d client_id=web -d refresh_token=$RT';

  it('is no cause by itself', async () => {
    const { endpoint } = await ofConfidential();
    for (const offline of [[], ['--offline']]) {
      const stdin = `curl ${endpoint} -H 'Authorization: Bearer abc' ${request} -d client_secret=wrong`;
      const [first] = await causesOf(stdin, '--status', '401', ...offline);
      expect(first?.id).toBe('client-secret-wrong');
    }
  });

  it('that is not there is none either', async () => {
    const found = await causesOf(
      `curl https://id.example.com/realms/app/protocol/openid-connect/token ${request}`,
      '--status',
      '401',
      '--offline',
    );
    expect(found.map(({ id }) => id)).not.toContain('gateway-checks-bearer');
  });

  it('is one where the answer speaks of it', async () => {
    const [first] = await causesOf(
      `curl https://id.example.com/realms/app/protocol/openid-connect/token -H 'Authorization: Bearer abc' ${request}\n\nHTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer error="invalid_token"\n\n`,
      '--offline',
    );
    expect(first?.id).toBe('gateway-checks-bearer');
  });
});
