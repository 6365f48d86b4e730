/** A name that says that its value is nobody's business. */
const SECRET = String.raw`[\w.-]{0,30}(?:token|secret|password|passwd|pwd|assertion|verifier|cookie|authorization|api[_-]?key|session)[\w.-]{0,20}|code|sid`;

/** As a form, a header, a program, JSON or a list of names and values has it, escaped or not. */
const PAIR = new RegExp(
  String.raw`(?<![\w-])(?<name>${SECRET})[\\"']{0,4}[^\S\n]{0,4}(?:=>|[:=]|(?<=--[\w-]{1,40})\s|,[\\"'\s]{0,12}value[\\"']{1,4}\s{0,4}:)[^\S\n]{0,4}[\\"']{0,4}(?:(?:basic|bearer|dpop)\s+)?(?<value>[^\\"'\s&;,{}()<>]{3,8000})`,
  'gi',
);

/** Addresses, schemes and words of OAuth are none; a code may also be the one of an error, and a status may stand behind. */
const isOpen = (name: string, value: string): boolean =>
  /^(?:https?:.*|bearer|basic|dpop|[a-z]+(?:_[a-z]+)+)$/i.test(value) ||
  // "cannot fetch token: 400 Bad Request"
  (/token$/i.test(name) && /^[45]\d\d$/.test(value)) ||
  (/^code$/i.test(name) && /^(?:\d{1,5}|[a-z_]{3,60})$/i.test(value));

const MOST_CHARACTERS = 1_000_000;
const MOST_FOUND = 500;

/** What a text holds of secrets by the names beside them, also where it could not be read. */
export const suspectsInText = (text: string): readonly string[] => {
  const found = new Set<string>();
  for (const { groups } of text.slice(0, MOST_CHARACTERS).matchAll(PAIR)) {
    const { name = '', value = '' } = groups ?? {};
    if (!isOpen(name, value)) found.add(value);
    if (found.size === MOST_FOUND) break;
  }
  return [...found];
};
