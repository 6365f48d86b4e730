/** An address with these query parameters. */
export const withParameters = (
  address: string | undefined,
  parameters: Readonly<Record<string, string>>,
): string => {
  const url = new URL(address ?? '');
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
};
