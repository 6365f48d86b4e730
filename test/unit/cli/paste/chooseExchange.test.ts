import { describe, expect, it } from 'vitest';
import { cli, jwt } from '../doctor/stage.ts';

const TOKEN = 'https://id.example/realms/app/protocol/openid-connect/token';
const RT = jwt({
  typ: 'Refresh',
  azp: 'web',
  iss: 'https://id.example/realms/app',
  exp: Math.floor(Date.now() / 1000) + 600,
});
const FINE = `curl ${TOKEN} -d grant_type=refresh_token -d client_id=web -d refresh_token=${RT}`;
const MULTIPART = `curl ${TOKEN} -F grant_type=refresh_token -F client_id=web -F refresh_token=${RT}`;
const ELSEWHERE = 'https://id.example/oauth/token';
const IN_HTTP = (type: string, body: string) =>
  `POST {{host}}/realms/app/protocol/openid-connect/token HTTP/1.1\nContent-Type: ${type}\n\n${body}\n\n###\n`;
const TEMPLATES = 'grant_type=refresh_token&client_id={{id}}&refresh_token={{rt}}';

const chosen = async (stdin: string, ...args: string[]) => {
  const { out } = await cli(['doctor', '--offline', '--json', ...args], { stdin });
  const { notes } = JSON.parse(out) as { notes: string[] };
  return notes
    .map((note) => /Number (\d+) is examined, since (.*);/.exec(note))
    .find(Boolean)
    ?.slice(1);
};

describe('Of several requests without an error', () => {
  it.each([
    ['a fault in plain sight', `${FINE}\n${MULTIPART}`, '2', 'a fault is in plain sight there'],
    [
      'what seems wrong',
      `curl ${ELSEWHERE} -d grant_type=client_credentials -u a:b\ncurl ${ELSEWHERE} --json '{"grant_type":"refresh_token"}'`,
      '2',
      'something seems wrong there',
    ],
    ['no answer', `${FINE}\n${FINE}\nUncaught TypeError: Failed to fetch`, '2', 'it got no answer'],
  ])('the one with %s is examined', async (_what, stdin, ...choice) => {
    expect(await chosen(stdin)).toEqual(choice);
  });

  it.each([
    ['nothing is wrong', `${FINE}\n${FINE}`],
    ['a faulty one was answered well', `${FINE}\n${MULTIPART}\n{"access_token":"x"}`],
    [
      'what stands beside a variable of the address is one, too',
      IN_HTTP('application/x-www-form-urlencoded', TEMPLATES).repeat(2),
    ],
  ])('without anything else the first that asks for tokens is, where %s', async (_what, stdin) => {
    expect(await chosen(stdin)).toEqual(['1', 'it is the first that asks for tokens']);
  });

  it('an error goes before what reading finds, and a number before all', async () => {
    const stdin = `${MULTIPART}\n${FINE}\n{"error":"invalid_grant"}`;
    expect(await chosen(stdin)).toEqual(['2', 'it asked for tokens and failed']);
    expect(await chosen(stdin, '--request', '1')).toEqual(['1', 'you chose it']);
  });
});
