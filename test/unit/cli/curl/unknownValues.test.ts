import { describe, expect, it } from 'vitest';
import { readPaste } from '../../../../src/cli/paste/readPaste.ts';
import { requestShapeOf } from '../../../../src/cli/request/requestShapeOf.ts';
import { cli, realm, refusedToken } from '../doctor/stage.ts';

const URL = 'https://id.example/realms/app/protocol/openid-connect/token';
const read = (text: string) => readPaste(text)[0]!.request!;
const shapeOf = (text: string) => requestShapeOf(read(text));
const UNKNOWN = { isUnknown: true, isEmpty: false };

describe('What a command takes from a file', () => {
  it.each([
    ['--data-urlencode', `curl ${URL} -d client_id=web --data-urlencode 'refresh_token@token.txt'`],
    ['-F with <', `curl ${URL} -F client_id=web -F 'refresh_token=<token.txt'`],
    ['-F with @', `curl ${URL} -F client_id=web -F 'refresh_token=@token.txt;type=text/plain'`],
    ['httpie', `http -f POST ${URL} client_id=web refresh_token=@token.txt`],
  ])('is a value that nobody knows: %s', (_how, text) => {
    const { fields, isSketch, clientId, refreshToken } = shapeOf(text);
    expect(fields['refresh_token']).toMatchObject(UNKNOWN);
    expect(fields['refresh_token']).not.toHaveProperty('isPlaceholder');
    expect({ isSketch, clientId, refreshToken }).toEqual({ clientId: 'web' });
    expect(read(text).hasFiles).toBe(true);
  });

  it.each([
    ['-d alone', `curl ${URL} -d @body.txt`, 'POST', 'none', []],
    ['-d beside another', `curl ${URL} -d client_id=web -d@body.txt`, 'POST', 'form', ['client_id']],
    ['-d before another', `curl ${URL} -d @body.txt -d client_id=web`, 'POST', 'form', ['client_id']],
    ['standard input', `curl ${URL} --data-binary @-`, 'POST', 'none', []],
    ['--data-urlencode without a name', `curl ${URL} --data-urlencode @f`, 'POST', 'none', []],
    ['--json', `curl ${URL} --json @f`, 'POST', 'json', []],
    ['-G', `curl -G ${URL} -d @f`, 'GET', 'none', []],
    ['--url-query', `curl ${URL} --url-query @f`, 'GET', 'none', []],
    ['-T', `curl ${URL} -T body.txt`, 'PUT', 'none', []],
    ['-H', `curl ${URL} -H @headers.txt -d client_id=web`, 'POST', 'form', ['client_id']],
    ['wget', `wget --post-file=body.txt ${URL}`, 'POST', 'none', []],
  ])('leaves open what else there is: %s', (_how, text, method, encoding, fields) => {
    const shape = shapeOf(text);
    expect(shape).toMatchObject({ method, encoding, isSketch: true });
    expect(Object.keys({ ...shape.fields, ...shape.queryFields })).toEqual(fields);
    expect(read(text).hasFiles).toBe(true);
  });

  it('is no file behind a "=", and in --data-raw', () => {
    for (const text of [
      `curl ${URL} --data-urlencode a=@b`,
      `curl ${URL} --data-raw @b`,
      `curl ${URL} -d a=@b`,
    ])
      expect(read(text)).not.toHaveProperty('hasFiles');
  });

  it('is said to be unknown, and a given secret stands in for it', async () => {
    const { endpoint, arrived } = await realm(() => refusedToken);
    const stdin = `curl ${endpoint} -d grant_type=refresh_token -d refresh_token=t -d client_id=web --data-urlencode client_secret@s.txt`;
    const { out } = await cli(['doctor', '--client-secret-file', 's'], { stdin, files: { s: 'pa55&word' } });
    expect(out.replaceAll(/\s+/g, ' ')).toContain('put its content in the place of the file.');
    expect(JSON.stringify(arrived)).toContain('client_secret=pa55%26word');
    expect(out).not.toContain('pa55');
  });

  it('is missed by nothing, where it is the whole body', async () => {
    const { endpoint, arrived } = await realm(() => refusedToken);
    const { first, out } = await cli(['doctor'], { stdin: `curl ${endpoint} -d @body.txt` });
    expect(first).toContain('Cannot tell: ');
    expect(out).toContain('The request was only read, since not all of it is known.');
    expect(arrived.every(({ method }) => method === 'GET')).toBe(true);
  });
});

describe('What a command is still to be told', () => {
  const secretOf = (text: string) => {
    const { fields, basicFields } = shapeOf(text);
    return fields['client_secret'] ?? basicFields?.['client_secret'];
  };

  it.each([
    ['another command', `curl ${URL} -d client_id=web -d client_secret=\`cat s\``],
    [
      'another command, in quotation marks',
      `curl ${URL} -d "client_secret=\`jq -r ".s" f\`" -d client_id=web`,
    ],
    [
      'another command on a line of its own',
      `curl ${URL} \\\n  -d client_secret=\`cat s\`\n  -d client_id=web`,
    ],
    ['a password that curl asks for', `curl -u backend ${URL} -d client_id=web`],
    ['a password that httpie asks for', `http -f -a backend POST ${URL} client_id=web`],
  ])('is unknown: %s', (_what, text) => {
    expect(secretOf(text)).toMatchObject(UNKNOWN);
    expect(Object.keys(shapeOf(text).fields)).toContain('client_id');
  });

  it('is empty, where that is written', () => {
    expect(secretOf(`curl -u backend: ${URL} -d a=b`)).toMatchObject({ isEmpty: true });
  });

  it('is what PowerShell goes on with, where it stands by itself', () => {
    expect(shapeOf(`curl ${URL} \`\n  -d client_id=web \`\n  -d a=b`).fields).toMatchObject({
      client_id: { count: 1 },
      a: { count: 1 },
    });
  });
});
