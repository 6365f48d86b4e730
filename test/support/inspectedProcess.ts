/**
 * A Node process with a fake session that is inspected elsewhere. It does what the lines of its standard input say, and
 * answers each.
 */
import process from 'node:process';
import { createInterface } from 'node:readline';
import { sendInspection } from 'token-vigil/inspect';
import { createFakeSession } from 'token-vigil/testing';

const [url = '', token = ''] = process.argv.slice(2);
const session = createFakeSession({
  user: { name: 'Ada' },
  tokenOrigins: ['https://api.example.com'],
  fetch: async () => Response.json({}),
});
const stop = sendInspection(session, { url, token });

const acts: Readonly<Record<string, () => unknown>> = {
  enter: () => session.enter('authenticated'),
  renew: () => session.renew(),
  load: () => session.fetch('https://api.example.com/items?secret=planted-in-a-query'),
  expire: () => session.expire('revoked'),
  stop,
};

for await (const line of createInterface({ input: process.stdin })) {
  await acts[line]?.();
  process.stdout.write(`${line}\n`);
}
