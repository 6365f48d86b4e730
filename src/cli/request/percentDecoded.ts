/** A text of a form or of Basic decoded; what is not encoded stays as it is. */
export const percentDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};
