/** Leaves of the compiler's declarations what a user's compiler needs: it writes those of every module, with everything in them. */
import { dirname, posix } from 'node:path';

/** @typedef {Map<string, string[]>} Declarations The top-level statements of each file, each with its comment. */

/** Files that a declaration names, of the kind `from './lease.js'` and `import('./lease.js')`. */
const named = /(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g;

const beginning = /^(?=\/\*\*)|(?<!\*\/\n)^(?=(?:export|import|declare|interface|type) )/m;

const declared = /^(?:export )?(?:declare )?(?:abstract )?(?:const|let|function|class|interface|type) (\w+)/;

const imported = /^import (type )?\{([^}]*)\} from [^;]+;\n$/;

/** @param {string} text */
const withoutComments = (text) => text.replaceAll(/\/\*[^]*?\*\/\n?/g, '');

/** @param {string} text */
const wordsIn = (text) => new Set(withoutComments(text).match(/\w+/g));

/**
 * @param {string} path
 * @param {string} text
 */
const filesNamedIn = (path, text) =>
  Array.from(withoutComments(text).matchAll(named), ([, name = '']) =>
    posix.join(dirname(path), name).replace(/\.[jt]s$/, '.d.ts'),
  );

/**
 * @param {Declarations} files
 * @param {readonly string[]} entries
 * @returns {Declarations} Those that the entries lead to.
 */
export const reachedFrom = (files, entries) => {
  const reached = new Set(entries);
  // A set that grows while it is walked is walked to its new end.
  for (const path of reached)
    for (const other of filesNamedIn(path, files.get(path)?.join('') ?? '')) reached.add(other);
  return new Map([...files].filter(([path]) => reached.has(path)));
};

/**
 * @param {string} statement
 * @param {readonly string[]} others
 */
const withUsedImports = (statement, others) => {
  const [, type = '', list] = imported.exec(statement) ?? [];
  if (list === undefined) return statement;
  const used = wordsIn(others.join(''));
  const names = list.split(',').map((name) => name.trim());
  const kept = names.filter((name) => used.has(/\w+$/.exec(name)?.[0] ?? ''));
  return kept.length > 0 ? statement.replace(`${type}{${list}}`, `${type}{ ${kept.join(', ')} }`) : '';
};

/** @param {readonly string[]} statements */
const withoutIdleImports = (statements) =>
  statements
    .map((statement) =>
      withUsedImports(
        statement,
        statements.filter((other) => !imported.test(other)),
      ),
    )
    .filter(Boolean);

/**
 * @param {Declarations} files
 * @param {readonly string[]} entries
 * @returns {Declarations} Without what no other statement mentions.
 */
const withoutUnmentioned = (files, entries) => {
  /** @type {Map<string, number>} */
  const mentions = new Map();
  for (const statement of [...files.values()].flat())
    for (const word of wordsIn(statement)) mentions.set(word, (mentions.get(word) ?? 0) + 1);
  const isMentioned = (/** @type {string} */ statement) => {
    const [, name] = declared.exec(withoutComments(statement)) ?? [];
    return name === undefined || (mentions.get(name) ?? 0) > 1;
  };
  return new Map(
    [...files].map(([path, statements]) => [
      path,
      entries.includes(path) ? statements : withoutIdleImports(statements.filter(isMentioned)),
    ]),
  );
};

/**
 * @param {string} statement
 * @returns {string[]} The name that it declares.
 */
export const declaredIn = (statement) => {
  const [, name] = declared.exec(withoutComments(statement)) ?? [];
  return name === undefined ? [] : [name];
};

/** @param {Declarations} files */
const sizeOf = (files) => [...files.values()].flat().join('').length;

/**
 * @param {Declarations} files
 * @param {readonly string[]} entries
 * @returns {Declarations}
 */
const used = (files, entries) => {
  const fewer = reachedFrom(withoutUnmentioned(files, entries), entries);
  return sizeOf(fewer) < sizeOf(files) ? used(fewer, entries) : files;
};

/**
 * What no entry names, only the compiler reads: nobody sees its comments in an editor.
 *
 * @param {Declarations} files
 * @param {readonly string[]} entries
 * @returns {Declarations}
 */
const withoutInnerComments = (files, entries) => {
  const seen = new Set(
    entries.flatMap((path) => [path, ...filesNamedIn(path, files.get(path)?.join('') ?? '')]),
  );
  return new Map(
    [...files].map(([path, statements]) => [
      path,
      seen.has(path)
        ? statements
        : statements.map((statement) => statement.replaceAll(/^ *\/\*\*[^]*?\*\/\n/gm, '')),
    ]),
  );
};

/**
 * @param {ReadonlyMap<string, string>} texts Every declaration, by its path.
 * @param {readonly string[]} entries Where users come in.
 * @returns {Declarations} What remains of them.
 */
export const neededDeclarations = (texts, entries) => {
  const files = new Map([...texts].map(([path, text]) => [path, text.split(beginning)]));
  return withoutInnerComments(used(reachedFrom(files, entries), entries), entries);
};
