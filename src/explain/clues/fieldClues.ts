import type { Clue } from '../cause.ts';
import type { Facts } from '../facts.ts';
import type { FieldShape, RequestShape } from '../failedGrant.ts';
import { meantBy } from '../fieldNames.ts';
import { clue } from './clue.ts';

const fieldOf = ({ request }: Facts, name: string): FieldShape | undefined => {
  const fields = request?.fields;
  return fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
};

const basicFieldOf = ({ request }: Facts, name: string): FieldShape | undefined =>
  request?.basicFields && Object.hasOwn(request.basicFields, name) ? request.basicFields[name] : undefined;

const isIn = (fields: RequestShape['fields'] | undefined, name: string): boolean =>
  fields !== undefined && Object.hasOwn(fields, name);

/** Whether the body holds it, with a value. */
export const holds = (facts: Facts, name: string): boolean => fieldOf(facts, name)?.isEmpty === false;

/** Whether it is known that the body does not hold it. */
export const lacks = ({ request }: Facts, name: string): boolean =>
  request !== undefined && !request.isSketch && !isIn(request.fields, name);

export const isInQuery = ({ request }: Facts, name: string): boolean => isIn(request?.queryFields, name);

/** The field that was meant to be this one. */
const misspelt = (facts: Facts, name: string): string | undefined => {
  const { fields = {} } = facts.request ?? {};
  return isIn(fields, name) ? undefined : Object.keys(fields).find((written) => meantBy(written) === name);
};

/** Whether a name is neither there, nor in the query, nor under another name. */
export const isNowhere = (facts: Facts, name: string): boolean =>
  lacks(facts, name) && !isInQuery(facts, name) && misspelt(facts, name) === undefined;

export const sent = (name: string): Clue =>
  clue((facts) => holds(facts, name), `The body holds \`${name}\`.`);

export const nowhere = (name: string): Clue =>
  clue((facts) => isNowhere(facts, name), `\`${name}\` is nowhere in the request.`);

export const onlyInQuery = (name: string): Clue =>
  clue(
    (facts) => facts.endpoint !== 'authorization' && lacks(facts, name) && isInQuery(facts, name),
    `\`${name}\` is in the address, not in the body.`,
  );

export const underAnotherName = (name: string): Clue =>
  clue(
    (facts) => lacks(facts, name) && misspelt(facts, name) !== undefined,
    (facts) => `The body has no \`${name}\` but \`${misspelt(facts, name) ?? ''}\`.`,
  );

export const empty = (name: string): Clue =>
  clue((facts) => fieldOf(facts, name)?.isEmpty, `\`${name}\` is empty.`);

export const emptyInBasic = (name: string): Clue =>
  clue(
    (facts) => basicFieldOf(facts, name)?.isEmpty,
    `What stands for \`${name}\` in the Basic header is empty.`,
  );

export const padded = (name: string): Clue =>
  clue(
    (facts) => fieldOf(facts, name)?.isPadded,
    `The value of \`${name}\` begins or ends with a space, a line end or a quotation mark.`,
  );

/** Only what was given in its place can have got through. */
export const acceptedAsGiven = (name: string): Clue =>
  clue(
    (facts) =>
      facts.probe === 'passed' && (fieldOf(facts, name) ?? basicFieldOf(facts, name))?.isUnknown === true,
    `With what was given in place of the unknown \`${name}\`, the client is accepted.`,
  );

/** A line end is overlooked by some servers, anything else by none. */
export const paddedFatally = (name: string): Clue =>
  clue(
    (facts) => fieldOf(facts, name)?.isPadded && !fieldOf(facts, name)?.isPaddedByLineEnd,
    `The value of \`${name}\` begins or ends with a space, a line end or a quotation mark.`,
  );

export const paddedByLineEnd = (name: string): Clue =>
  clue(
    (facts) => fieldOf(facts, name)?.isPaddedByLineEnd,
    `There is a line end around the value of \`${name}\`.`,
  );

export const followed = (name: string): Clue =>
  clue(
    (facts) => fieldOf(facts, name)?.isFollowed,
    `In the value of \`${name}\` there is what follows it in the address.`,
  );

export const notPadded = (name: string): Clue =>
  clue(
    (facts) => fieldOf(facts, name)?.isPadded === false && !facts.request?.isSketch,
    `The value of \`${name}\` has nothing around it.`,
  );

export const placeholder = (name: string): Clue =>
  clue(
    (facts) => fieldOf(facts, name)?.isPlaceholder && !fieldOf(facts, name)?.isUnknown,
    `The value of \`${name}\` is a placeholder that was never filled in.`,
  );

const isAlone = ({ request }: Facts): boolean =>
  Object.values({ ...request?.fields, ...request?.basicFields }).filter(({ isUnknown }) => isUnknown)
    .length === 1;

/** Whoever hides a value hides others too. */
export const perhapsPlaceholder = (name: string): Clue =>
  clue((facts) => {
    const { isPlaceholder, isUnknown } = fieldOf(facts, name) ?? basicFieldOf(facts, name) ?? {};
    return isPlaceholder && isUnknown && isAlone(facts);
  }, `What stands for \`${name}\` is a placeholder, unless you put it there to hide the value.`);

export const placeholderInBasic = (name: string): Clue =>
  clue(
    (facts) => basicFieldOf(facts, name)?.isPlaceholder && !basicFieldOf(facts, name)?.isUnknown,
    `What stands for \`${name}\` in the Basic header is a placeholder that was never filled in.`,
  );

export const paddedInBasic = (name: string): Clue =>
  clue(
    (facts) => basicFieldOf(facts, name)?.isPadded,
    `What stands for \`${name}\` in the Basic header begins or ends with a space, a line end or a quotation mark.`,
  );

export const notPaddedInBasic = (name: string): Clue =>
  clue(
    (facts) => basicFieldOf(facts, name)?.isPadded === false,
    `What stands for \`${name}\` in the Basic header has nothing around it.`,
  );

export const notEncodedInBasic = (name: string): Clue =>
  clue(
    (facts) => basicFieldOf(facts, name)?.hasReservedCharacters,
    `What stands for \`${name}\` in the Basic header holds a \`+\` or a \`%\`.`,
  );

export const blankInside = (name: string): Clue =>
  clue((facts) => {
    const { hasInnerBlank, isPadded } = fieldOf(facts, name) ?? {};
    return facts.request?.encoding === 'form' && hasInnerBlank && !isPadded;
  }, `The value of \`${name}\` has a space inside, which is how a \`+\` arrives that was not encoded.`);

/** What is behind a `&` that was not encoded has no name. */
export const pieceWithoutName = (name: string): Clue =>
  clue(
    (facts) => holds(facts, name) && fieldOf(facts, '(unnamed)') !== undefined,
    'The body has a piece without a name, which is how the rest of a value arrives whose `&` was not encoded.',
  );

export const encodedTwice = (name: string): Clue =>
  clue((facts) => fieldOf(facts, name)?.isEncodedTwice, `The value of \`${name}\` is URL-encoded twice.`);

export const withScheme = (name: string): Clue =>
  clue(
    (facts) => fieldOf(facts, name)?.hasScheme,
    `The value of \`${name}\` begins with a scheme like "Bearer".`,
  );

export const longerThan = (name: string, characters: number): Clue =>
  clue(
    (facts) => (fieldOf(facts, name)?.length ?? 0) > characters,
    `\`${name}\` is longer than ${characters} characters.`,
  );

export const shorterThan = (name: string, characters: number): Clue =>
  clue(
    (facts) => (fieldOf(facts, name)?.length ?? characters) < characters,
    `\`${name}\` is shorter than ${characters} characters.`,
  );
