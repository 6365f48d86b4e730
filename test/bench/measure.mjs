/** @typedef {{ name: string, run: () => unknown, against?: string }} Subject One call; compared with another subject. */

/** @typedef {{ name: string, ns: number, bytes: number, added?: number, addedBytes?: number }} Row Figures a call. */

const ROUNDS = 61;
/** Node warns of more than 1,500 live copies of one `Request`. */
const CALLS = 1000;

/**
 * The lower quartile: a machine that is busy otherwise only ever adds.
 *
 * @param {number[]} numbers
 */
const typical = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 2] ?? Number.NaN;

/**
 * Calls in a row, then everything they set off.
 *
 * @param {Subject} subject
 */
async function runRound({ run }) {
  /** @type {unknown} */
  let last;
  for (let call = 0; call < CALLS; call++) last = run();
  await last;
}

/** @param {Subject} subject */
async function nsOf(subject) {
  const start = process.hrtime.bigint();
  await runRound(subject);
  return Number(process.hrtime.bigint() - start) / CALLS;
}

/** @param {Subject} subject */
async function bytesOf(subject) {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  await runRound(subject);
  return (process.memoryUsage().heapUsed - before) / CALLS;
}

/**
 * Measures all subjects in turns, so that a busy machine is unfair to none of them.
 *
 * @param {Subject[]} subjects
 * @param {(subject: Subject) => Promise<number>} measureOne
 * @param {number} rounds
 */
async function typicalOf(subjects, measureOne, rounds) {
  const seen = new Map(subjects.map(({ name }) => [name, /** @type {number[]} */ ([])]));
  for (let round = 0; round < rounds; round++) {
    for (const subject of subjects) seen.get(subject.name)?.push(await measureOne(subject));
  }
  return (/** @type {string} */ name) => typical(seen.get(name) ?? []);
}

/**
 * @param {Subject[]} subjects
 * @returns {Promise<Row[]>}
 */
export async function measure(subjects) {
  const nsBy = await typicalOf(subjects, nsOf, ROUNDS);
  const bytesBy = await typicalOf(subjects, bytesOf, 3);
  return subjects.map(({ name, against }) => {
    const [ns, bytes] = [nsBy(name), bytesBy(name)];
    if (!against) return { name, ns, bytes };
    return { name, ns, bytes, added: ns - nsBy(against), addedBytes: bytes - bytesBy(against) };
  });
}
