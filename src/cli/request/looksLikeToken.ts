/** The beginning of a JSON object in base64url: the head of a JWT, or its payload. */
const JSON_IN_BASE64 = /eyJ[\w-]{8,}/;
const LONGEST_WORD = 100;

const kindOf = (char: string): string => (/\d/.test(char) ? '0' : /[A-Z]/.test(char) ? 'A' : 'a');

/** Letters and digits at random change their kind at more than every other character, words seldom. */
const isMixed = (letters: string): boolean => {
  const kinds = letters.split('').map(kindOf);
  const changes = kinds.filter((kind, at) => at > 0 && kind !== kinds[at - 1]).length;
  return changes * 4 >= letters.length;
};

/** Whether a string has been drawn at random, as tokens and secrets are. An UUID does not count: clients are called so. */
export const looksRandom = (text: string, fromLength: number): boolean =>
  text.split(/[^\w+/=-]/).some((word) => {
    const letters = word.replaceAll(/[^a-z\d]/gi, '');
    if (word.length < fromLength || /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(word)) return false;
    return isMixed(letters) || /^[\da-f]+$/i.test(letters);
  });

/** Whether there is something in a text that must not be shown: a JWT, an opaque token, or what is too long for a name. */
export const looksLikeToken = (text: string): boolean =>
  JSON_IN_BASE64.test(text) ||
  text.split(/\s+/).some((word) => word.length > LONGEST_WORD) ||
  looksRandom(text, 40);
