/** Puts the declarations that the same entries lead to into one file: each file of a package costs some hundred bytes more. */
import { dirname, posix } from 'node:path';
import { declaredIn, reachedFrom } from './declarations.mjs';

/** @typedef {import('./declarations.mjs').Declarations} Declarations */

const fromFile = /((?:from|import)\s*\(?\s*['"])(\.[^'"]+)(['"])/g;

const imported = /^import (type )?\{([^}]*)\} from '([^']+)';\n$/;

/** Passed on or renamed: such a file keeps its own names. */
const isPassedOn = (/** @type {string} */ statement) =>
  /^export (?:\*|(?:type )?\{)/.test(statement) ||
  (statement.startsWith('import ') && !/^import (?:type )?\{(?![^}]* as )/.test(statement));

/** @param {string} list */
const namesOf = (list) =>
  list
    .split(',')
    .map((name) => name.trim().replace(/^type /, ''))
    .filter(Boolean);

/**
 * @param {string} path
 * @param {string} name
 */
const fileOf = (path, name) =>
  name.startsWith('.') ? posix.join(dirname(path), name).replace(/\.[jt]s$/, '.d.ts') : name;

/**
 * What a file has under a name: two files that mean different things by one cannot be put together.
 *
 * @param {string} path
 * @param {readonly string[]} statements
 * @returns {[name: string, from: string][]}
 */
const meanings = (path, statements) =>
  statements.flatMap((statement) => {
    const [, , list, from = ''] = imported.exec(statement) ?? [];
    if (list !== undefined)
      return namesOf(list).map((name) => /** @type {[string, string]} */ ([name, fileOf(path, from)]));
    return declaredIn(statement).map((name) => /** @type {[string, string]} */ ([name, path]));
  });

/** @typedef {{ known: Map<string, string>, paths: string[] }} Group Files of one place, and what they have by each name. */

/** @returns {Group} */
const newGroup = () => ({ known: new Map(), paths: [] });

/** @typedef {{ imports: Map<string, Set<string>>, statements: string[] }} Merged */

/** @returns {Merged} */
const newMerged = () => ({ imports: new Map(), statements: [] });

/** @param {Merged} file */
const statementsOf = ({ imports, statements }) => [
  ...[...imports].map(([from, names]) => `import type { ${[...names].join(', ')} }${from}`),
  ...statements,
];

/**
 * @param {Declarations} files
 * @param {readonly string[]} entries
 * @returns {Map<string, string>} The new places of those that can be put together.
 */
const placesOf = (files, entries) => {
  const leads = entries.map((entry) => reachedFrom(files, [entry]));
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const [path, statements] of files) {
    if (entries.includes(path) || statements.some(isPassedOn)) continue;
    const key = leads.map((reached) => Number(reached.has(path))).join('');
    const group = groups.get(key) ?? newGroup();
    groups.set(key, group);
    const found = meanings(path, statements);
    if (found.some(([name, from]) => (group.known.get(name) ?? from) !== from)) continue;
    found.forEach(([name, from]) => group.known.set(name, from));
    group.paths.push(path);
  }
  return new Map(
    [...groups.values()]
      .filter(({ paths }) => paths.length > 1)
      .flatMap(({ paths }, i) => paths.map((path) => [path, `dist/src/types/${i}.d.ts`])),
  );
};

/**
 * @param {Declarations} files
 * @param {readonly string[]} entries Where users come in: they stay where they are.
 * @returns {Declarations}
 */
export const mergedDeclarations = (files, entries) => {
  const places = placesOf(files, entries);
  const placeOf = (/** @type {string} */ path) => places.get(path) ?? path;
  /**
   * @param {string} path
   * @param {string} statement
   */
  const moved = (path, statement) =>
    statement.replaceAll(fromFile, (_, before, name, after) => {
      const to = posix
        .relative(dirname(placeOf(path)), placeOf(fileOf(path, name)))
        .replace(/\.d\.ts$/, '.ts');
      return `${before}${to.startsWith('.') ? to : `./${to}`}${after}`;
    });

  /** @type {Map<string, Merged>} */
  const merged = new Map();
  for (const [path, statements] of files) {
    const place = placeOf(path);
    const file = merged.get(place) ?? newMerged();
    merged.set(place, file);
    for (const statement of statements) {
      const [, , list, from = ''] = imported.exec(statement) ?? [];
      if (list === undefined || !places.has(path)) file.statements.push(moved(path, statement));
      // Within the same file nothing is imported.
      else if (placeOf(fileOf(path, from)) !== place) {
        const [after = ''] = / from .*/s.exec(moved(path, statement)) ?? [];
        file.imports.set(after, new Set([...(file.imports.get(after) ?? []), ...namesOf(list)]));
      }
    }
  }
  return new Map([...merged].map(([place, file]) => [place, statementsOf(file)]));
};
