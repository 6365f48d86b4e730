import { describe, expect, it } from 'vitest';
import { cli, jwt, realm, refusedToken } from './stage.ts';

const SECRET = 'pa55&word+of%the-client';
const files = { secret: `${SECRET}\n`, token: jwt({ typ: 'Refresh', azp: 'web' }) };
const refused = [401, { error: 'unauthorized_client', error_description: 'Invalid client' }] as const;

const ofConfidential = () =>
  realm((fields, { headers }) => {
    const [, basic = ''] = /^Basic (.*)$/.exec(headers.authorization?.toString() ?? '') ?? [];
    const [id, ...rest] = Buffer.from(basic, 'base64').toString().split(':');
    const isKnown = (fields.get('client_id') ?? id) === 'web';
    return isKnown && (fields.get('client_secret') ?? rest.join(':')) === SECRET ? refusedToken : refused;
  });

const given = ['--client-id', 'web', '--client-secret-file', 'secret', '--refresh-token-file', 'token'];
const base = '-d grant_type=refresh_token -d refresh_token=$RT';

const forms = [
  ['an encoded form', `${base} -d client_id=$CLIENT_ID --data-urlencode "client_secret=$CLIENT_SECRET"`],
  ['Basic', `${base} -u "$CLIENT_ID:$CLIENT_SECRET"`],
] as const;

describe('what is given beside a request', () => {
  it.each(forms)('stands in for its variables: %s', async (_what, options) => {
    const { endpoint, arrived } = await ofConfidential();
    const stdin = `curl ${endpoint} ${options}`;
    const asked = await cli(['doctor', ...given], { stdin, files });
    expect(asked.first).toContain('request, client and server fit together');
    expect(JSON.stringify(arrived)).not.toContain(files.token);
    const spent = await cli(['doctor', '--spend', ...given], { stdin, files });
    expect(JSON.stringify(arrived)).toContain(files.token);
    for (const { out } of [asked, spent, await cli(['doctor', '--json', ...given], { stdin, files })]) {
      expect(out).not.toContain('pa55');
      expect(out).not.toContain(files.token.slice(-40));
    }
  });

  it('goes into a plain form as a shell puts it there', async () => {
    const { endpoint, arrived } = await ofConfidential();
    const stdin = `curl ${endpoint} ${base} -d client_id=web -d client_secret=$CLIENT_SECRET`;
    await cli(['doctor', ...given], { stdin, files });
    expect(arrived.map(({ body }) => new URLSearchParams(body).get('client_secret'))).toContain('pa55');
  });

  it.each([
    ['json', `-H 'Content-Type: application/json' -d '{"client_id":"***","grant_type":"refresh_token"}'`],
    ['multipart', '-F client_id=*** -F grant_type=refresh_token'],
  ])('keeps the encoding: %s', async (encoding, options) => {
    const { endpoint, arrived } = await ofConfidential();
    await cli(['doctor', ...given], { stdin: `curl ${endpoint} ${options}`, files });
    const probe = arrived.find(({ headers }) => headers['content-type']?.includes(encoding));
    expect(probe?.body).toMatch(/"client_id"(:"|\r\n\r\n)web/);
  });

  it.each([
    ['issuer', '--issuer'],
    ['token endpoint', '--token-endpoint'],
  ])('stays where it is, if the options name another %s', async (_what, option) => {
    const other = await ofConfidential();
    const { issuer, endpoint, arrived } = await ofConfidential();
    const { out } = await cli(['doctor', '-', ...given, option, option === '--issuer' ? issuer : endpoint], {
      stdin: `curl ${other.endpoint} -d grant_type=refresh_token -d refresh_token=$RT -d client_id=web -d client_secret=$CLIENT_SECRET`,
      files,
    });
    expect(JSON.stringify([...other.arrived, ...arrived])).not.toContain('pa55');
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'another server than the options name, so no secret went there',
    );
    expect(out).toContain('its client is not known in full.');
    expect(out).not.toContain('give --client-secret-file');
  });

  it('spends no variable that stands for itself', async () => {
    const other = await ofConfidential();
    const { issuer } = await ofConfidential();
    await cli(['doctor', '-', '--spend', ...given, '--issuer', issuer], {
      stdin: `curl ${other.endpoint} -d grant_type=refresh_token -d refresh_token=$RT -d client_id=web`,
      files,
    });
    expect(other.arrived.length).toBeGreaterThan(0);
    expect(other.arrived.filter(({ body }) => body.includes('RT'))).toEqual([]);
  });

  it('does not touch what is known', async () => {
    const { endpoint, arrived } = await ofConfidential();
    const stdin = `curl ${endpoint} -d grant_type=refresh_token -d refresh_token=t -d client_id=other -d client_secret=known-one`;
    await cli(['doctor', ...given], { stdin, files });
    const sent = JSON.stringify(arrived);
    expect(sent).toContain('client_id=other&client_secret=known-one');
    expect(sent).not.toContain('pa55');
  });

  it('shows that it was the variable, where it is accepted and the request was not', async () => {
    const { endpoint } = await ofConfidential();
    const stdin = `curl ${endpoint} ${base} -d client_id=web --data-urlencode "client_secret=$CLIENT_SECRET"\n\n{"error":"unauthorized_client"}`;
    const { out } = await cli(['doctor', ...given], { stdin, files });
    expect(out).toContain('1. The client secret is wrong (shown)');
    expect(out).toContain(
      'With what was given in place of the unknown `client_secret`, the client is accepted.',
    );
  });
});

it.each([
  ['form', '-d client_id=$CLIENT_ID -d client_secret=$CLIENT_SECRET'],
  ['Basic', '-u "$CLIENT_ID:${CLIENT_SECRET}"'],
])('a client that is not known is asked for, by the names of its variables: %s', async (_what, client) => {
  const { endpoint, arrived } = await ofConfidential();
  const { out } = await cli(['doctor'], { stdin: `curl ${endpoint} ${base} ${client}` });
  const text = out.replaceAll(/\s+/g, ' ');
  expect(text).toContain('give --client-id for the variable CLIENT_ID');
  expect(text).toContain('--client-secret-file <file> for the variable CLIENT_SECRET.');
  expect(arrived.every(({ method }) => method === 'GET')).toBe(true);
});

it('what was blacked out is asked for by its field, and not repeated', async () => {
  const { endpoint } = await ofConfidential();
  const { out } = await cli(['doctor'], {
    stdin: `curl ${endpoint} ${base} -d client_id=web -d client_secret=abcd12***`,
  });
  expect(out.replaceAll(/\s+/g, ' ')).toContain(
    '--client-secret-file <file> for what stands for `client_secret`.',
  );
  expect(out).not.toContain('abcd12');
});
