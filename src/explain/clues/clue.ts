import type { Clue } from '../cause.ts';
import type { Facts } from '../facts.ts';

/** A sentence of evidence, told where it holds. */
export const clue =
  (holds: (facts: Facts) => boolean | undefined, says: string | ((facts: Facts) => string)): Clue =>
  (facts) => {
    if (!holds(facts)) return undefined;
    return typeof says === 'string' ? says : says(facts);
  };

/** A name as a quotation. What is long or odd can be a secret in the wrong place, and is not repeated. */
export const quoted = (name: string | undefined): string =>
  name !== undefined && /^[\w.:/@-]{1,60}$/.test(name) && !/[\w-]{40}/.test(name)
    ? `"${name}"`
    : 'another one';
