import { createServer, type RequestListener } from 'node:http';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { listen } from '../../../docs/demo/http/listen.ts';
import type { Batch } from '../../../src/inspect/batch.ts';
import { readBatch } from '../../../src/inspect/batch.ts';
import { inspectSession } from '../../../src/inspect/inspectSession.ts';
import { sendInspection } from '../../../src/inspect/sendInspection.ts';
import { createFakeSession } from '../../../src/testing/index.ts';

const token = 'a-token';

/** A receiver that answers as it is told, and what has arrived. */
async function receiving(statusFor: (arrived: number) => number = () => 204) {
  const batches: Batch[] = [];
  const headers: (string | undefined)[] = [];
  let arrived = 0;
  const listener: RequestListener = async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    headers.push(request.headers.authorization);
    const status = statusFor(++arrived);
    if (status === 204) batches.push(readBatch(body) as Batch);
    if (status > 0) response.writeHead(status).end(status === 204 ? undefined : 'Because of this\n');
  };
  const { port, stop } = await listen(createServer(listener), 0);
  onTestFinished(stop);
  return {
    url: `http://127.0.0.1:${port}`,
    batches,
    headers,
    arrived: () => arrived,
    stop,
    entries: () => batches.flatMap(({ entries }) => entries),
  };
}

const warned = () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  onTestFinished(() => warn.mockRestore());
  // Those of a test before may come late.
  return (url: string) =>
    warn.mock.calls
      .flat()
      .map(String)
      .filter((text) => text.includes(url));
};

/** A fake session, and what is seen of it here. */
function watched() {
  const session = createFakeSession({ user: { name: 'Ada' } });
  const inspection = inspectSession(session);
  onTestFinished(() => session.stop());
  return { session, kinds: () => inspection.entries.map(({ kind }) => kind) };
}

describe('what is sent', () => {
  test('is the whole stream, however much comes at once', async () => {
    const receiver = await receiving();
    const session = createFakeSession({
      user: { name: 'Ada' },
      tokenOrigins: 'https://api.test',
      fetch: async () => Response.json({}),
    });
    onTestFinished(() => session.stop());
    const inspection = inspectSession(session);
    const stop = sendInspection(session, { url: receiver.url, token });
    onTestFinished(stop);
    await session.enter('authenticated');
    await Promise.all(Array.from({ length: 200 }, () => session.fetch('https://api.test/x')));
    await vi.waitFor(() => expect(receiver.entries()).toEqual(inspection.entries));
  });

  test('is the whole stream, and ends with a batch that says so', async () => {
    const warnings = warned();
    const receiver = await receiving();
    const { session, kinds } = watched();
    const stop = sendInspection(session, { url: receiver.url, token });
    await session.enter('authenticated');
    await session.renew();
    await vi.waitFor(() => expect(receiver.entries().map(({ kind }) => kind)).toEqual(kinds()));
    await session.renew();
    stop();
    await vi.waitFor(() => expect(receiver.batches.at(-1)?.isLast).toBe(true));
    expect(receiver.entries().map(({ kind }) => kind)).toEqual(kinds());
    expect(receiver.entries().map(({ number }) => number)).toEqual(kinds().map((_, index) => index + 1));
    expect(new Set(receiver.headers)).toEqual(new Set([`Bearer ${token}`]));
    expect(receiver.batches.at(-1)).toMatchObject({ name: session.name, isRunning: false });
    const before = receiver.arrived();
    await session.renew();
    expect(receiver.arrived()).toBe(before);
    expect(warnings(receiver.url)).toEqual([]);
  });

  test('a session that runs already is seen from then on', async () => {
    const receiver = await receiving();
    const { session } = watched();
    await session.enter('authenticated');
    onTestFinished(sendInspection(session, { url: receiver.url, token }));
    await vi.waitFor(() =>
      expect(receiver.entries()[0]).toMatchObject({ kind: 'started', state: 'authenticated' }),
    );
  });

  test('comes through whole when the receiver stumbles, is closed or answers late, and that is said once', async () => {
    const warnings = warned();
    const receiver = await receiving((arrived) => (arrived <= 3 ? 503 : 204));
    const { session, kinds } = watched();
    onTestFinished(sendInspection(session, { url: receiver.url, token }));
    await session.enter('authenticated');
    await session.renew();
    await vi.waitFor(() => expect(receiver.entries().map(({ kind }) => kind)).toEqual(kinds()), {
      timeout: 10_000,
    });
    expect(warnings(receiver.url)).toEqual([
      expect.stringMatching(/^token-vigil: the inspector at .* cannot be reached/),
    ]);
  });

  test('waits for a receiver that does not answer, while the session goes on', async () => {
    const receiver = await receiving(() => 0);
    const { session } = watched();
    const stop = sendInspection(session, { url: receiver.url, token });
    await vi.waitFor(() => expect(receiver.arrived()).toBe(1));
    await session.enter('authenticated');
    await session.renew();
    expect(session.status).toBe('signedIn');
    expect(receiver.arrived()).toBe(1);
    stop();
    await receiver.stop();
  });
});

describe('a receiver', () => {
  test.each([401, 403, 400, 409, 413])(
    'that refuses with %i gets nothing more, and its reason is said',
    async (status) => {
      const warnings = warned();
      const receiver = await receiving(() => status);
      const { session } = watched();
      sendInspection(session, { url: receiver.url, token });
      await vi.waitFor(() =>
        expect(warnings(receiver.url)).toEqual([
          expect.stringMatching(/has refused: Because of this. Nothing more is sent/),
        ]),
      );
      await session.enter('authenticated');
      await session.renew();
      expect(receiver.arrived()).toBe(1);
    },
  );

  test('that is not there is noticed by nobody but the console, once', async () => {
    const warnings = warned();
    const receiver = await receiving();
    await receiver.stop();
    const { session } = watched();
    const stop = sendInspection(session, { url: receiver.url, token });
    await vi.waitFor(() => expect(warnings(receiver.url)).toHaveLength(1));
    await session.enter('authenticated');
    await session.renew();
    expect(session.status).toBe('signedIn');
    stop();
    stop();
    expect(warnings(receiver.url)).toEqual([expect.stringMatching(/cannot be reached/)]);
  });
});

test.each([
  [{ url: 'https://inspector.example.com', token }],
  [{ url: 'http://192.168.0.7:7357', token }],
  [{ url: 'http://127.0.0.1.example.com:7357', token }],
  [{ url: '127.0.0.1:7357', token }],
  [{ url: 'http://127.0.0.1:7357', token: 7 as unknown as string }],
  [undefined as unknown as { url: string; token: string }],
])('%j is refused: the stream does not leave this machine', (options) => {
  const { session } = watched();
  expect(() => sendInspection(session, options)).toThrow(expect.objectContaining({ code: 'option_invalid' }));
});
