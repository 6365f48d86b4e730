const CUT = '…';

/** Anything that could move the cursor, colour the screen or turn the reading direction. */
// oxlint-disable-next-line no-control-regex -- those are meant
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/** Letters and digits in one piece, longer than any word. */
export const OPAQUE = /(?<![A-Za-z\d])(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z\d]{24,}/;

/** The parts of a JWT, or anything as long as a token; a host name is not. */
const TOKEN_LIKE = new RegExp(String.raw`eyJ[\w-]*(\.[\w-]*)*|[\w~+=-]{40,}|${OPAQUE.source}`, 'g');

/** On one line, and not endless. */
export const printable = (text: string, most = 500): string => {
  const words = text.replaceAll(UNPRINTABLE, ' ').trim();
  return words.length > most ? `${words.slice(0, most - 1)}${CUT}` : words;
};

/** Somebody else's words: {@link printable}, and nothing in it that looks like a token. */
export const tidy = (text: string, most = 200): string => printable(text.replaceAll(TOKEN_LIKE, CUT), most);

/** {@link tidy} for what may be of any type. */
export const tidied = (value: unknown, most?: number): string | undefined =>
  typeof value === 'string' && value !== '' ? tidy(value, most) : undefined;
