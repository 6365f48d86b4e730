import { expect, it } from 'vitest';
import { cli } from './stage.ts';

const url = 'https://id.example.com/realms/app/protocol/openid-connect/token';

const GRANTED = `

HTTP/1.1 200 OK
Content-Type: application/json

{"access_token":"opaque-and-of-no-consequence","token_type":"Bearer","expires_in":300}
`;

/** Each looks wrong in a way that the doctor knows. */
const odd: readonly string[] = [
  `curl ${url} -F grant_type=refresh_token -F client_id=web -F refresh_token=r`,
  `curl ${url} -d grant_type=refresh_token -d refresh_token=r`,
  `curl ${url} -d grant_type=refresh_token -d clientId=web -d refresh_token=r`,
  `curl ${url} -H 'Content-Type: application/json' -d '{"grant_type":"refresh_token","client_id":"web"}'`,
  `curl ${url} -d grant_type=authorization_code -d client_id=web -d code=c -d redirect_uri=https://app.example.com`,
  `curl ${url} -d grant_type=client_credentials -d client_id=web -d 'client_secret= padded '`,
  `curl '${url}?client_id=web' -d grant_type=refresh_token -d refresh_token=r`,
  `curl http://id.example.com/auth/realms/app//protocol/openid-connect/token -d grant_type=refresh_token -d client_id='{{client_id}}' -d refresh_token=r`,
];

it.each(odd)('a request that the server accepted is not called faulty: %s', async (request) => {
  const { status, out } = await cli(['doctor', '--offline', '--json'], { stdin: request + GRANTED });
  expect([status, JSON.parse(out)]).toEqual([0, expect.objectContaining({ verdict: 'healthy', causes: [] })]);
});

it('the same requests are found faulty where they were refused', async () => {
  for (const request of odd) {
    const { status } = await cli(['doctor', '--offline', '--json', '--status', '400'], { stdin: request });
    expect([request, status]).toEqual([request, 1]);
  }
});
