import { describe, expect, it } from 'vitest';
import { cli } from './stage.ts';

const curl =
  'curl https://id.example.com/realms/app/protocol/openid-connect/token -d grant_type=refresh_token -d client_id=web -d refresh_token=$RT';

interface Report {
  readonly noAnswer: string | null;
  readonly answer: {
    readonly status: number;
    readonly error?: string;
    readonly errorDescription?: string;
  } | null;
  readonly causes: readonly { readonly id: string }[];
}

const reports = async (words: string): Promise<readonly Report[]> => {
  const runs = [
    await cli(['doctor', '--offline', '--json'], { stdin: `${curl}\n\n${words}` }),
    await cli(['doctor', '--offline', '--json', '--answer', 'words'], { stdin: curl, files: { words } }),
    await cli(['doctor', '--offline', '--json', '--error', words], { stdin: curl }),
  ];
  return runs.map(({ out }) => JSON.parse(out) as Report);
};

describe('below a request, in a file of its own and as an option', () => {
  it.each([
    ['curl: (7) Failed to connect to id.example.com port 443', 'connection_refused'],
    ['Error: getaddrinfo ENOTFOUND id.example.com', 'name_unknown'],
    ['java.net.SocketTimeoutException: Read timed out', 'timed_out'],
  ])('%j says that there was no answer', async (words, noAnswer) => {
    const [below, ...others] = await reports(words);
    expect(below).toMatchObject({ noAnswer, answer: null });
    for (const other of others)
      expect(other).toMatchObject({ noAnswer, answer: null, causes: below!.causes });
  });

  it.each([
    'RuntimeError: 400 Client Error: invalid_grant: Session not active',
    'The server told us that the "Session not active" and we gave up',
    '{"error": "invalid_client: Parameter client_assertion_type is missing"}',
    'OAuth2Error [invalid_client]: Invalid client or Invalid client credentials',
  ])('%j says the same', async (words) => {
    const [below, ...others] = await reports(words);
    expect(below!.noAnswer).toBeNull();
    expect(below!.causes).not.toEqual([]);
    for (const other of others) {
      expect(other.answer?.error).toBe(below!.answer?.error);
      expect(other.causes.map(({ id }) => id)).toEqual(below!.causes.map(({ id }) => id));
    }
  });

  it('a status that is told with it counts', async () => {
    const words = 'curl: (7) Failed to connect';
    const { out } = await cli(['doctor', '--offline', '--json', '--status', '502', '--error', words], {
      stdin: curl,
    });
    expect(JSON.parse(out)).toMatchObject({ noAnswer: null, answer: { status: 502 } });
  });
});
