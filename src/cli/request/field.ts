import { meantBy } from '../../explain/fieldNames.ts';

/** A field of a form or a query, decoded. What has no name in the form has an empty one here. */
export type Field = readonly [name: string, value: string];

/** The value of the first field of these that is not empty. */
export const valueOf = (fields: readonly Field[], isIt: (name: string) => boolean): string | undefined => {
  const values = fields.filter(([name]) => isIt(name)).map(([, value]) => value);
  return values.find(Boolean) ?? values[0];
};

/** The value of the field by this name, else of one that was meant for it. */
export const valueMeant = (fields: readonly Field[], name: string): string | undefined =>
  valueOf(fields, (written) => written === name) ?? valueOf(fields, (written) => meantBy(written) === name);
