const PADDING = /[\s"'\u200B\uFEFF]/;

/** A text without the blanks and quotation marks around it. From both ends, since a pattern would try every gap. */
export const withoutPadding = (text: string): string => {
  let start = 0;
  let end = text.length;
  while (start < end && PADDING.test(text[start]!)) start += 1;
  while (end > start && PADDING.test(text[end - 1]!)) end -= 1;
  return text.slice(start, end);
};

/** Whether there is something around a text that is no part of it. */
export const isPadded = (text: string): boolean =>
  text !== '' && (PADDING.test(text[0]!) || PADDING.test(text.at(-1)!));
