import type { ServerResponse } from 'node:http';
import type { Backend } from '../backend.ts';

const lookEveryMs = 200;

/** Pushes the backend's report whenever it changes, as server-sent events. */
export function watchBackend(response: ServerResponse, backend: Backend): void {
  let last = '';
  const look = () => {
    const report = JSON.stringify(backend.report());
    if (report !== last) response.write(`data: ${report}\n\n`);
    last = report;
  };
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  look();
  const timer = setInterval(look, lookEveryMs);
  response.on('close', () => clearInterval(timer));
}
