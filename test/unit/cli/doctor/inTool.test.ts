import { describe, expect, it } from 'vitest';
import { cli } from './stage.ts';

const TOKEN = 'https://id.example/realms/app/protocol/openid-connect/token';
const JSON_BODY = '{"grant_type":"client_credentials","client_id":"web"}';
const AGENT = (name: string) => `curl ${TOKEN} -H 'User-Agent: ${name}' --json '${JSON_BODY}'`;
const collection = JSON.stringify({
  info: { name: 'x' },
  item: [
    {
      request: {
        method: 'POST',
        url: TOKEN,
        body: { mode: 'formdata', formdata: [{ key: 'a', value: 'b' }] },
      },
    },
  ],
});
const exported = JSON.stringify({
  _type: 'export',
  __export_format: 4,
  resources: [
    {
      _id: 'r',
      _type: 'request',
      method: 'POST',
      url: TOKEN,
      body: { mimeType: 'application/json', text: JSON_BODY },
    },
  ],
});

const remedyOf = async (stdin: string) => {
  const { out } = await cli(['doctor', '--offline', '--json'], { stdin });
  return (JSON.parse(out) as { causes: { remedy: string }[] }).causes[0]?.remedy;
};

const FORM = 'Send a URL-encoded form, `application/x-www-form-urlencoded`.';

describe('What to change in a body', () => {
  it.each([
    ['In curl: ', `curl ${TOKEN} -F grant_type=client_credentials -F client_id=web`],
    ['In HTTPie: ', `http POST ${TOKEN} grant_type=client_credentials client_id=web`],
    [
      'In PowerShell: ',
      `Invoke-RestMethod -Method Post -Uri ${TOKEN} -ContentType 'application/json' -Body '${JSON_BODY}'`,
    ],
    ['In Python: ', `import requests\nrequests.post("${TOKEN}", json={"grant_type": "client_credentials"})`],
    [
      'In JavaScript: ',
      `fetch("${TOKEN}", { method: "POST", body: JSON.stringify({ grant_type: "client_credentials" }) })`,
    ],
    ['In Postman: ', collection],
    ['In Insomnia: ', exported],
    ['In Bruno: ', `post {\n  url: ${TOKEN}\n  body: json\n}\n\nbody:json {\n  ${JSON_BODY}\n}\n`],
    ['In JavaScript: ', AGENT('Mozilla/5.0 (X11; Linux x86_64)')],
    ['In PowerShell: ', AGENT('Mozilla/5.0 (Windows NT 10.0) WindowsPowerShell/5.1')],
    ['In Postman: ', AGENT('PostmanRuntime/7.49.1')],
    ['In JavaScript: ', `curl ${TOKEN} -H 'Origin: https://app.example' --json '${JSON_BODY}'`],
  ])('is said in the words of what sent it: %s', async (words, stdin) => {
    const remedy = await remedyOf(stdin);
    expect(remedy).toContain(`${FORM} ${words}`);
    expect(remedy?.split(' In ')).toHaveLength(2);
  });

  it('is said of none where that is not known', async () => {
    const stdin = `POST ${TOKEN} HTTP/1.1\nContent-Type: application/json\n\n${JSON_BODY}`;
    expect(await remedyOf(stdin)).toBe(FORM);
  });

  it('of something else is what it always is', async () => {
    expect(await remedyOf(`curl ${TOKEN} -d grant_type=refresh_token -d client_id=web`)).not.toContain(
      'curl',
    );
  });
});
