import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../../docs/demo/http/listen.ts';
import { postBatch } from '../../../src/inspect/postBatch.ts';

test.each([
  [200, { outcome: 'taken' }],
  [503, { outcome: 'failed' }],
  [400, { outcome: 'refused', text: 'no '.repeat(100).trim() }],
] as const)(
  'of an answer %i without an end the beginning is enough',
  async (status, expected) => {
    const server = createServer((_request, response) => {
      response.writeHead(status).write('no '.repeat(100));
      response.on('error', () => undefined);
    });
    const { port, stop } = await listen(server, 0);
    onTestFinished(stop);
    const connection = once(server, 'connection');
    const answer = await postBatch(`http://127.0.0.1:${port}/entries`, 'a-token', '{}');
    expect(answer).toEqual(expected);
    // Nothing of it is held open.
    const [socket] = (await connection) as [NodeJS.EventEmitter & { readonly closed: boolean }];
    if (!socket.closed) await once(socket, 'close');
  },
  5000,
);
