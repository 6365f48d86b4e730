import type { FieldShape } from '../../explain/failedGrant.ts';
import type { HttpRequest } from '../curl/httpRequest.ts';
import type { Field } from './field.ts';
import { meantBy } from '../../explain/fieldNames.ts';
import type { Show } from './showFor.ts';
import { isBlackedOut } from './isBlackedOut.ts';
import { isPadded, isPaddedByLineEnd } from './withoutPadding.ts';

const MOST_NAMES = 100;
const LONGEST_PLACEHOLDER = 200;
const PLACEHOLDER =
  /^\s*(?:\{\{.*\}\}|\$\{.*\}|\$\w+|\$\(.*\)|%\w+%|<[^<>]*>|undefined|null|none|nan|\[object \w+\]|your[-_ ].*|change[-_ ]?me|x{3,}|\.{3}|…)\s*$/i;
/** What a person calls a field, the slips around it included. */
const IS_NAME = /^[\s"']*[a-z][\w.[\] -]{0,40}[\s"':]*$/i;

/** The name, unless it may be a part of a value. */
export const nameShown = (name: string, show: Show): string => {
  if (name === '') return '(unnamed)';
  return meantBy(name) || (IS_NAME.test(name) && show(name) === name) ? name : '(no name of a field)';
};

/** Texts that stand for what is not known. */
type FilledIn = HttpRequest['filledIn'];

/** Whether something else was sent in place of a value, such as what is behind a variable or was blacked out. */
export const isFilledIn = (value: string, filledIn: FilledIn = []): boolean =>
  isBlackedOut(value) || filledIn.some((expression) => value.includes(expression));

/** Whoever blacks a value out writes the same as whoever forgets to fill it in, and as Keycloak, which exports ten asterisks. */
const TEMPLATE = /^\s*(?:<[^<>]*>|your[-_ ].*|\*{10})\s*$/i;

const unknown = (values: readonly string[]): FieldShape => ({
  count: values.length,
  isEmpty: false,
  isPadded: false,
  isUnknown: true,
  ...(values.every((value) => TEMPLATE.test(value)) && { isPlaceholder: true }),
});

/** The flags are there only where they are raised. */
const shapeOf = (values: readonly string[], filledIn: FilledIn): FieldShape => {
  if (values.some((value) => isFilledIn(value, filledIn))) return unknown(values);
  const isAny = (is: (value: string) => boolean) => values.some((value) => is(value));
  return {
    count: values.length,
    isEmpty: values.every((value) => value === ''),
    isPadded: isAny(isPadded),
    ...(values.every(isPaddedByLineEnd) && { isPaddedByLineEnd: true }),
    ...(isAny((value) => value.length < LONGEST_PLACEHOLDER && PLACEHOLDER.test(value)) && {
      isPlaceholder: true,
    }),
    ...(isAny((value) => /%[\da-f]{2}/i.test(value)) && { isEncodedTwice: true }),
    ...(isAny((value) => /\S .*\S/.test(value)) && { hasInnerBlank: true }),
    ...(isAny((value) => /\+|%(?![\da-f]{2})/i.test(value)) && { hasReservedCharacters: true }),
    ...(isAny((value) => /^\s*(?:bearer|basic|dpop)\s/i.test(value)) && { hasScheme: true }),
    ...(isAny((value) => /[&#][a-z_]+=/i.test(value)) && { isFollowed: true }),
    length: values.reduce((longest, { length }) => Math.max(longest, length), 0),
  };
};

/** The shape of each field by its name. */
export const fieldShapesOf = (
  fields: readonly Field[],
  show: Show,
  filledIn?: FilledIn,
): Readonly<Record<string, FieldShape>> => {
  const values = new Map<string, string[]>();
  for (const [name, value] of fields) {
    const key = values.size < MOST_NAMES || values.has(name) ? name : '';
    const known = values.get(key);
    if (known) known.push(value);
    else values.set(key, [value]);
  }
  return Object.fromEntries(
    [...values].map(([name, all]) => [nameShown(name, show), shapeOf(all, filledIn)]),
  );
};
