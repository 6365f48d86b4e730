/** A URL with these query parameters set, those without a value left out. */
export const withParameters = (
  url: URL,
  parameters: Readonly<Record<string, string | number | null | undefined>>,
): string => {
  for (const [name, value] of Object.entries(parameters)) {
    if ((value ?? null) !== null) url.searchParams.set(name, `${value}`);
  }
  return url.href;
};
