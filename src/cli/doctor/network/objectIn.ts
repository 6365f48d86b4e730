/** The JSON object in a text, if that is what it is. */
export const objectIn = (text: string): Readonly<Record<string, unknown>> | undefined => {
  // An error is slow to make, and a log holds thousands of texts.
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
};
