const LINE = /^[^\S\n]*-{0,2}(?<name>[a-z][a-z-]{1,30})(?:[^\S\n]*[:=][^\S\n]*|[^\S\n]+|$)(?<value>.*)$/;

const NAMES =
  /^(?:url|data|data-(?:raw|binary|urlencode)|header|user|request|json|form|get|head|cookie|user-agent|oauth2-bearer)$/;

const unquoted = (written: string): string => {
  const value = written.trim();
  const [, quoted] = /^"((?:[^"\\]|\\.)*)"/.exec(value) ?? [];
  return quoted === undefined ? value : quoted.replaceAll(/\\(.)/g, '$1');
};

const wordsIn = (line: string): readonly string[] => {
  const { name = '', value = '' } = LINE.exec(line)?.groups ?? {};
  return NAMES.test(name) ? [`--${name}`, ...(value.trim() ? [unquoted(value)] : [])] : [];
};

const isRemark = (line: string): boolean => /^\s*(?:#|$)/.test(line);

/** The words that the lines of a file for `curl --config` stand for. */
export const configWords = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => !isRemark(line))
    .flatMap(wordsIn);

/** Whether a text is such a file: every line an option, one of them the address. */
export const isConfig = (text: string): boolean => {
  const lines = text.split('\n').filter((line) => !isRemark(line));
  return lines.every((line) => wordsIn(line).length > 0) && /^[^\S\n]*-{0,2}url\b/m.test(text);
};
