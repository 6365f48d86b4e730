/** A URL with these query parameters set, those without a value left out. */
export const withParameters = (
  url: URL,
  parameters: Readonly<Record<string, string | number | undefined>>,
): string => {
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, `${value}`);
  }
  return url.href;
};
