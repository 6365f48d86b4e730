/** `npm run bench`: what the library costs. Ratios within one run are to be trusted, single figures are not. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Allocation can be read only if nothing is collected meanwhile. */
const flags = ['--expose-gc', '--max-semi-space-size=256'];

if (!globalThis.gc) {
  const { status } = spawnSync(process.execPath, [...flags, fileURLToPath(import.meta.url)], {
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
}

const { measurePointerMoves } = await import('./activity.mjs');
const { measureFreshPath, measureWaiting } = await import('./gate.mjs');
const { measureEntries, measureInspection } = await import('./inspect.mjs');
const { measureSessions } = await import('./sessions.mjs');

/** @param {number | undefined} number */
const whole = (number) => (number === undefined ? '' : Math.round(number).toLocaleString('en'));

/** @param {import('./measure.mjs').Row[]} rows */
function printTable(rows) {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const line = (/** @type {string[]} */ [name = '', ...cells]) =>
    `${name.padEnd(width)} ${cells.map((cell) => cell.padStart(9)).join('')}`;
  console.log(line(['', 'ns', 'added', 'bytes', 'added']));
  for (const { name, ns, added, bytes, addedBytes } of rows) {
    console.log(line([name, whole(ns), whole(added), whole(bytes), whole(addedBytes)]));
  }
}

console.log('The gate with a fresh token, a call\n');
printTable(await measureFreshPath());

await measureWaiting(1000);
const { count, asked, enterMs, settleMs } = await measureWaiting();
console.log(
  `\n${whole(count)} calls on one renewal: ${asked} asked for, ${whole(enterMs)} ms to line up, ${whole(settleMs)} ms to settle`,
);

console.log('\nA pointer move\n');
printTable(await measurePointerMoves());

console.log('\nAn inspection\n');
printTable(await measureInspection());
for (const most of [10_000, 100_000]) {
  const { kept, us, bytes } = await measureEntries(most);
  console.log(
    `\n${whole(most)} entries: ${us.toFixed(1)} µs each, ${whole(kept)} kept in ${(bytes / 1e6).toFixed(1)} MB`,
  );
}

const sessions = await measureSessions();
console.log(
  `\n${whole(sessions.count)} signed-in sessions: ${(sessions.bytes / 1000).toFixed(1)} kB of heap each`,
);
