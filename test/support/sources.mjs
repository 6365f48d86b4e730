/** Where the tests find the sources of the package's entries. Plain JavaScript, for what runs without a compiler. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @param {string} path */
const inRepository = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** @type {{ exports: Record<string, string | { default: string }> }} */
const { exports } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8'));

/** @param {string | { default: string }} entry */
const sourceOf = (entry) =>
  inRepository(
    (typeof entry === 'string' ? entry : entry.default).replace('./dist/', '').replace(/js$/, 'ts'),
  );

/**
 * The source of each entry by its name, such as `token-vigil/vue`, as aliases for Vite. The longer names come first: an alias
 * is a prefix.
 *
 * @type {Record<string, string>}
 */
export const sources = Object.fromEntries(
  Object.entries(exports)
    .filter(([path]) => path !== './package.json')
    .map(([path, entry]) => /** @type {const} */ ([`token-vigil${path.slice(1)}`, sourceOf(entry)]))
    .toSorted(([a], [b]) => b.length - a.length),
);
