import { describe, expect, it } from 'vitest';
import { readPaste } from '../../../../src/cli/paste/readPaste.ts';
import { cli, jwt } from '../doctor/stage.ts';

const TOKEN_URL = 'https://id.example/realms/app/protocol/openid-connect/token';
const ANSWER = '{"error":"invalid_grant","error_description":"Invalid refresh token"}';
const FORM = 'grant_type=refresh_token&client_id=web&refresh_token=abc.def';
const FIELDS = 'grant_type: refresh_token\nclient_id: web\nrefresh_token: abc.def';
const CONSOLE = `[KEYCLOAK] Refreshing token: token expired\nPOST ${TOKEN_URL} 400 (Bad Request)\n[KEYCLOAK] Failed to refresh token\n`;
const GENERAL = `Request URL: ${TOKEN_URL}\nRequest Method: POST\nStatus Code: 400 Bad Request\n`;

describe('What the developer tools of a browser show', () => {
  it.each([
    ['fields below a line of the console', `${CONSOLE}\nPayload\n${FIELDS}\n\nResponse\n${ANSWER}`],
    ['fields below the headers', `General\n${GENERAL}\nForm Data\n${FIELDS}\n\n${ANSWER}`],
    ['fields right above the answer', `${GENERAL}\nForm Data:\n${FIELDS}\nResponse\n${ANSWER}`],
    [
      'all on lines of their own',
      `${GENERAL.replaceAll(': ', ':\n')}\nForm Data\nview source\nview URL-encoded\n${FIELDS.replaceAll(': ', '\n')}\n\nResponse\n${ANSWER}`,
    ],
    [
      'names with colons on lines of their own',
      `${GENERAL}\nPayload\n${FIELDS.replaceAll(': ', ':\n')}\n\n${ANSWER}`,
    ],
    ['the source', `${GENERAL}\nRequest Payload\n${FORM}\n\nPreview\n${ANSWER}`],
    [
      'Firefox',
      `XHRPOST ${TOKEN_URL}\n[HTTP/1.1 400 Bad Request 12ms]\n\nForm data\n${FIELDS.replaceAll(/: (.*)/g, '\t"$1"')}\n\nResponse\n${ANSWER}`,
    ],
    ['an answer above', `${GENERAL}\nResponse\n${ANSWER}\n\nPayload\n${FIELDS}`],
  ])('is a request with its answer: %s', (_name, text) => {
    expect(readPaste(text)).toMatchObject([
      {
        request: { method: 'POST', url: TOKEN_URL, body: { kind: 'raw', text: FORM } },
        answer: { status: 400, text: ANSWER },
      },
    ]);
  });

  it('has the headers of the request in it, and not those of the answer', () => {
    const text = `${GENERAL}\nResponse Headers\ncontent-type: text/html\n\nRequest Headers\nauthorization: Basic d2ViOng=\ncontent-type: application/json\n\nPayload\n{"grant_type":"refresh_token"}\n\nResponse\n${ANSWER}`;
    expect(readPaste(text)).toMatchObject([
      {
        request: {
          headers: [
            ['authorization', 'Basic d2ViOng='],
            ['content-type', 'application/json'],
          ],
          body: { text: '{"grant_type":"refresh_token"}' },
        },
        answer: { status: 400, text: ANSWER },
      },
    ]);
  });

  it('takes the address above the fields, not the one of another request', () => {
    const text = `Request URL: https://api.example/orders\nRequest Method: GET\nRequest Headers\naccept: */*\n\n${GENERAL}\nRequest Headers\ncontent-type: application/json\n\nPayload\n{"grant_type":"refresh_token"}\n\nResponse\n${ANSWER}`;
    expect(readPaste(text)).toMatchObject([
      {
        request: { method: 'POST', url: TOKEN_URL, body: { text: '{"grant_type":"refresh_token"}' } },
        answer: { text: ANSWER },
      },
    ]);
  });

  it.each([
    ['a header may name the client', `${GENERAL}\nPayload\ngrant_type: refresh_token\n\n${ANSWER}`],
    ['there is no payload', `${GENERAL}\n${ANSWER}`],
    ['the payload is no form', `${GENERAL}\nPayload\nclient_id is in here somewhere\n\n${ANSWER}`],
    ['there is no address', `Payload\n${FIELDS}\n\n${ANSWER}`],
  ])('is an answer alone where %s', (_why, text) => {
    expect(readPaste(text)[0]?.request).toBeUndefined();
    expect(readPaste(text)).toMatchObject([{ answer: { text: ANSWER } }]);
  });

  it('shows that a refresh token is one, and is whole', async () => {
    const token = jwt({
      typ: 'Refresh',
      azp: 'web',
      iss: TOKEN_URL.split('/protocol')[0],
      exp: 4e9,
      iat: 1e9,
    });
    const text = `${CONSOLE}\nPayload\n${FIELDS.replace('abc.def', token)}\n\nResponse\n${ANSWER}`;
    const { out } = await cli(['doctor', '--offline', '--json'], { stdin: text });
    const { causes } = JSON.parse(out) as { causes: { id: string; certainty: string }[] };
    expect(causes[0]).toMatchObject({ id: 'signing-keys-changed', certainty: 'likely' });
    expect(causes.map(({ id }) => id)).not.toContain('not-a-refresh-token');
  });
});
