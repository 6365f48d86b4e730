/** What a JWT says, unchecked. */
export type Claims = Readonly<Record<string, unknown>>;

const textOf = (claim: unknown): string =>
  JSON.stringify(
    [claim]
      .flat()
      .map(String)
      .toSorted((a, b) => (a < b ? -1 : 1)),
  );

/** Whether two tokens agree in these claims; a list of one, as `aud` can be, is as good as the one. */
export const haveSame = (names: readonly string[], a: Claims, b: Claims): boolean =>
  names.every((name) => textOf(a[name]) === textOf(b[name]));
