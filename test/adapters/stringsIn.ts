const propertyOf = (holder: object, key: PropertyKey): unknown => {
  try {
    return (holder as Record<PropertyKey, unknown>)[key];
  } catch {
    return undefined;
  }
};

/** What lies in an object, keys included. */
const contentsOf = (value: object): unknown[] => {
  const entries = value instanceof Map || value instanceof Set ? [...value.entries()].flat() : [];
  return [...entries, ...Reflect.ownKeys(value).flatMap((key) => [key, propertyOf(value, key)])];
};

/** All strings that can be reached from these by properties, as devtools show them. */
export const stringsIn = (roots: Iterable<object>): string[] => {
  const seen = new Set<unknown>([window, document]);
  const found: string[] = [];
  const waiting: unknown[] = [...roots];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string') found.push(value);
    const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
    if (!isObject || seen.has(value)) continue;
    seen.add(value);
    waiting.push(...contentsOf(value));
  }
  return found;
};
