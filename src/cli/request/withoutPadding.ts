const PADDING = /[\s"'\u200B\uFEFF]/;

const LINE_END = /[\r\n]/;

/** From both ends, since a pattern would try every gap. */
const without = (text: string, padding: RegExp): string => {
  let start = 0;
  let end = text.length;
  while (start < end && padding.test(text[start]!)) start += 1;
  while (end > start && padding.test(text[end - 1]!)) end -= 1;
  return text.slice(start, end);
};

/** A text without the blanks and quotation marks around it. */
export const withoutPadding = (text: string): string => without(text, PADDING);

/** Whether there is something around a text that is no part of it. */
export const isPadded = (text: string): boolean =>
  text !== '' && (PADDING.test(text[0]!) || PADDING.test(text.at(-1)!));

/** Whether line ends are all that is around a text. */
export const isPaddedByLineEnd = (text: string): boolean =>
  isPadded(text) && !isPadded(without(text, LINE_END));
