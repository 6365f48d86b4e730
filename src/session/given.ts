/** What there is of some options: `undefined` and `null` are as good as nothing. */
export const given = <Options extends object>(options: Options): Options =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => (value ?? null) !== null)) as Options;
