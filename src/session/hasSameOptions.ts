/** Deeper than this nothing tells two sessions apart; a cycle ends here, too. */
const DEEPEST = 4;

const namesOf = (a: object, b: object): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])];

/**
 * Whether two values of options mean the same. Functions do where they are written the same: a component that is rendered
 * twice makes each of them anew.
 */
export const hasSameOptions = (a: unknown, b: unknown, depth = 0): boolean => {
  // An option that is null is as good as absent.
  if (Object.is(a ?? null, b ?? null) || depth > DEEPEST) return true;
  if (typeof a === 'function' && typeof b === 'function') return String(a) === String(b);
  if (!(a instanceof Object) || !(b instanceof Object)) return false;
  const [ours, theirs] = [a, b] as Record<string, unknown>[];
  return namesOf(a, b).every((name) => hasSameOptions(ours![name], theirs![name], depth + 1));
};
