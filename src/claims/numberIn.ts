/** A claim that is a number; else `NaN`: so is whatever is reckoned with it, and no comparison with that holds. */
export const numberIn = (claims: object | undefined, name: string): number => {
  const value = (claims as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === 'number' ? value : NaN;
};
