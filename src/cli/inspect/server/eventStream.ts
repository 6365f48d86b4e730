import type { ServerResponse } from 'node:http';
import type { Hub } from './hub.ts';

/** A viewer that reads no more than this behind is let go; it comes back by itself. */
const MOST_BEHIND_BYTES = 64 * 1024 * 1024;

/** Writes what a viewer is to see as Server-Sent Events, until it goes. */
export const writeEvents = (response: ServerResponse, hub: Hub, id: string | undefined): void => {
  const write = (event: string, data: unknown): void => {
    // JSON has no line breaks.
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    if (response.writableLength > MOST_BEHIND_BYTES) response.destroy();
  };

  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  write('list', hub.sessions);
  const begun = id === undefined ? undefined : hub.begun(id);
  if (begun) write('begun', begun);
  const leave = hub.watch(begun && id, {
    list: (sessions) => write('list', sessions),
    more: (entries) => write('more', entries),
  });
  response.on('close', leave);
};
