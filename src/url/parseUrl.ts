/** A URL, or `undefined` where the text is none. `URL.parse` and `URL.canParse` are younger than the browsers we serve. */
export const parseUrl = (text: string, base?: string): URL | undefined => {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
};
