import type { Field } from './field.ts';
import { meantBy, speltAs } from '../../explain/fieldNames.ts';
import { grantMeantBy, isOfOtherGrant } from './grants.ts';
import { withoutPadding } from './withoutPadding.ts';

/** A field with the value of the first that is not empty. */
export type Fields = ReadonlyMap<string, string>;

/** Blanks can be meant in these. */
const asTyped: ReadonlySet<string> = new Set(['password', 'username']);
/** A line that was broken on the way of a token, and the scheme it was copied with. */
const isToken = (name: string): boolean => /token$|assertion$/.test(name);

const trimmed = (name: string, value: string): string => {
  if (asTyped.has(name)) return value;
  const text = withoutPadding(value);
  return isToken(name) ? text.replace(/^bearer\s+/i, '').replaceAll(/\s+/g, '') : text;
};

const isRight = ([name]: Field): boolean => meantBy(name) === name;

/** Names as they should be, each once, nothing around the values. One that is written right goes before others. */
export const fieldsMeant = (fields: readonly Field[]): Fields => {
  const meant = new Map<string, string>();
  const add = (name: string, value: string) => {
    if (name && !meant.get(name)) meant.set(name, trimmed(name, value));
  };
  for (const [name, value] of fields.filter(isRight)) add(name, value);
  for (const [written, value] of fields.filter((field) => !isRight(field))) {
    const name = meantBy(written);
    const isFree = name !== undefined && !meant.get(name);
    add(isFree ? name : (speltAs(written) ?? written.trim()), value);
  }
  return meant;
};

const byField: readonly (readonly [field: string, grantType: string])[] = [
  ['refresh_token', 'refresh_token'],
  ['code', 'authorization_code'],
  ['password', 'password'],
];

/** A refresh token beside the rest of a sign-in form is there to be used. */
export const grantTypeMeant = (written: readonly string[], fields: Fields): string => {
  const implied = byField.find(([field]) => fields.get(field))?.[1];
  const known = written.map((grantType) => grantMeantBy(grantType) ?? grantType.trim());
  const first = known.find(Boolean) ?? '';
  const isUnsettled = new Set(known).size !== 1 || first === '';
  return (isUnsettled ? implied : undefined) ?? (first || 'refresh_token');
};

/** The fields that the grant has a use for; of those that nobody knows, all. */
export const fieldsOfGrant = (fields: Fields, grantType: string): Fields =>
  new Map([...fields].filter(([name]) => !isOfOtherGrant(name, grantType)));
