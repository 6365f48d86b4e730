/** Codes of Entra and its B2C begin the sentence that explains them. */
const NUMBERED = /\b(?:AADSTS|AADB2C)\d{4,8}\b[^\n]{0,500}/;

/** A quotation mark inside of a sentence: behind it the sentence goes on. */
const inner = (mark: string): string =>
  String.raw`\\${mark}|${mark}(?=[\w<])|(?<=\w)${mark}(?=[^\S\n]+[a-z]{2,30}\b(?!["']?\s*[:=]))`;

/** By name, in quotation marks: logs, exceptions, headers. Keycloak's events call it `reason`. */
const QUOTED = new RegExp(
  String.raw`\b(?:error_?description|reason|description)["']?\s*[:=]\s*(?:"((?:[^"\\\n]|\\[^"\n]|${inner('"')}){1,500})|'((?:[^'\\\n]|\\[^'\n]|${inner("'")}){1,500}))`,
  'i',
);

/** In an address or a form. */
const ENCODED = /\berror_description=([^&\s"'<>]{1,2000})/i;

/** By name, to the end of the line. Marks inside quote something. */
const PLAIN = /\berror_?description["']?\s*[:=]\s*([^\s"'{}=\\][^\n{}=\\]{0,499})/i;

const decoded = (text: string): string => new URLSearchParams(`text=${text}`).get('text') ?? text;

/** The sentence in a text that says what went wrong; `undefined`: none is marked as that. */
export const descriptionIn = (text: string): string | undefined => {
  const [numbered] = NUMBERED.exec(text) ?? [];
  if (numbered !== undefined)
    return numbered.includes('+') && !numbered.includes(' ') ? decoded(numbered) : numbered;
  const [, double, single] = QUOTED.exec(text) ?? [];
  const [, encoded] = /[%+]/.test(ENCODED.exec(text)?.[1] ?? '') ? (ENCODED.exec(text) ?? []) : [];
  return double ?? single ?? (encoded === undefined ? PLAIN.exec(text)?.[1]?.trim() : decoded(encoded));
};
