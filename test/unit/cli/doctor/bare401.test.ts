import { describe, expect, it } from 'vitest';
import { cli, jwt } from './stage.ts';

const issuer = 'http://localhost:8080/realms/master';
const token = jwt({ iss: issuer, azp: 'admin-cli', typ: 'Refresh' });
const curl = `curl ${issuer}/protocol/openid-connect/token`;

/** The refresh request of an app at Keycloak 23.0.3, of whose answer its developer knows "401" and no more. */
describe('a bare 401', () => {
  it.each([
    [
      'a form without the client',
      `${curl} -d grant_type=refresh_token -d refresh_token=${token}`,
      'client-id-missing',
    ],
    [
      "Postman's form-data",
      `${curl} -F grant_type=refresh_token -F client_id=admin-cli -F refresh_token=${token}`,
      'multipart-body',
    ],
    [
      'a misspelt field',
      `${curl} -d grant_type=refresh_token -d clientId=admin-cli -d refresh_token=${token}`,
      'client-id-misspelt',
    ],
  ])('of %s is explained, with what to check', async (_what, stdin, first) => {
    const { out } = await cli(['doctor', '--offline', '--json', '--status', '401'], { stdin });
    const [cause] = (JSON.parse(out) as { causes: { id: string; certainty: string; check: string }[] })
      .causes;
    expect(cause).toMatchObject({ id: first, certainty: 'shown', check: expect.stringMatching(/\S/) });
  });

  it('of an admin API is about the token, not about https', async () => {
    const stdin = `curl -X DELETE http://localhost:8080/admin/realms/master/users/1 -H 'Authorization: Bearer ${jwt({ iss: issuer, typ: 'Bearer' })}'`;
    const { out } = await cli(['doctor', '--offline', '--json', '--status', '403'], { stdin });
    expect((JSON.parse(out) as { causes: { id: string }[] }).causes[0]?.id).toBe('admin-role-missing');
  });
});

it('an introspection that says "inactive" is explained', async () => {
  const stdin = `curl ${issuer}/protocol/openid-connect/token/introspect -u api:secret-of-the-api -d token=t\n\n{"active":false}\n`;
  const { out } = await cli(['doctor', '--offline', '--json'], { stdin });
  expect((JSON.parse(out) as { causes: { id: string }[] }).causes[0]?.id).toBe('introspection-inactive');
});
