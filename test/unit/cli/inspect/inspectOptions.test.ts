import { describe, expect, test } from 'vitest';
import { inspectOptions } from '../../../../src/cli/inspect/inspectOptions.ts';
import { cli } from '../doctor/stage.ts';

describe('the words after inspect', () => {
  test('name a port, origins and a file', () => {
    expect(
      inspectOptions([
        '--port',
        '0',
        '--origin',
        'https://app.example.com/page?x=1',
        'a.json',
        '--origin=http://10.0.0.1:5173',
      ]),
    ).toEqual({
      port: 0,
      origins: ['https://app.example.com', 'http://10.0.0.1:5173'],
      file: 'a.json',
      help: false,
      version: false,
    });
    expect(inspectOptions([])).toMatchObject({ port: 7357, origins: [], file: undefined });
  });

  test.each([
    [['--port', '80'], /--port must be a number from 1024 to 65535/],
    [['--port', '65536'], /--port must be/],
    [['--port', '0x1000'], /--port must be/],
    [['--port'], /inspect takes/],
    [['--host', '0.0.0.0'], /inspect takes/],
    [['--origin', 'app.example.com'], /--origin must be/],
    [['--origin', '*'], /--origin must be/],
    [['--origin', 'null'], /--origin must be/],
    [['--origin', 'file:///tmp'], /--origin must be/],
    [['--origin', 'https://user:secret@app.example.com'], /--origin must be/],
    [['a.json', 'b.json'], /one recording at a time/],
    [['missing.json'], /The recording is not there: is its name right/],
  ])('%j are answered in one line, status 2', async (words, message) => {
    const { status, out, err } = await cli(['inspect', ...words]);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).toMatch(/^Cannot start: [^\n]+\n$/);
    expect(err).not.toContain('secret');
  });

  test.each([
    ['no JSON', 'nothing', /the file is not JSON/],
    ['something else', '{}', /not a recording of token-vigil/],
    ['too long', ' '.repeat(65 * 1024 * 1024), /longer than 65536 KB, which no recording is/],
  ])('a file that is %s is refused in a clear message', async (_what, content, message) => {
    const { status, err } = await cli(['inspect', 'a.json'], { files: { 'a.json': content } });
    expect(status).toBe(2);
    expect(err).toMatch(message);
  });

  test('--help tells of each of them, alone and beside the doctor', async () => {
    const alone = await cli(['inspect', '--help']);
    expect(alone.status).toBe(0);
    const told = new Set([...alone.out.matchAll(/^ {2}--([a-z]+)/gm)].map(([, name]) => name));
    expect(told).toEqual(new Set(['port', 'origin', 'help']));
    expect((await cli(['--help'])).out).toContain(alone.out);
    expect((await cli(['inspect', '--version'])).out).toBe('9.9.9\n');
  });
});
