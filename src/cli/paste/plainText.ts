const linesOf = (text: string): readonly string[] => text.split('\n');

/** Word processors and chats put them; a shell knows none. Only where one opens something, since words have apostrophes. */
const withoutSmartQuotes = (text: string): string =>
  /(?:^|[\s=(:{,[@])[“”„‟‘’‚‛]/m.test(text)
    ? text.replaceAll(/[“”„‟]/g, '"').replaceAll(/[‘’‚‛]/g, "'")
    : text;

/** Pages put them where their blanks should not collapse. */
const withoutHardBlanks = (text: string): string =>
  text.replaceAll(/^\u00A0+|\u00A0+(?=[-\s\\'"])/gm, (blanks) => ' '.repeat(blanks.length));

const withoutFences = (text: string): string => text.replaceAll(/^[^\S\n]*(?:```|~~~)[\w-]*[^\S\n]*$/gm, '');

const isFilled = (line: string): boolean => line.trim() !== '';

/** Quoted in a mail. What `curl -v` shows begins like that as well. */
const withoutQuoting = (text: string): string => {
  const lines = linesOf(text);
  const isQuoted = lines.filter(isFilled).every((line) => /^\s*>/.test(line)) && lines.some(isFilled);
  if (!isQuoted || /^\s*> ?[A-Z]+ \S+ HTTP\//m.test(text)) return text;
  return lines.map((line) => line.replace(/^\s*>[^\S\n]?/, '')).join('\n');
};

const NUMBER = /^\s*(\d{1,6})(?:[:.|)]|\s|$)\s?/;

/** Copied out of an editor, with the numbers of the lines. */
const withoutNumbers = (text: string): string => {
  const lines = linesOf(text);
  const numbers = lines.filter(isFilled).map((line) => Number(NUMBER.exec(line)?.[1] ?? Number.NaN));
  const isCounted = numbers.length > 1 && numbers.every((number, at) => number > (numbers[at - 1] ?? -1));
  const isClose = (numbers.at(-1) ?? 0) - (numbers[0] ?? 0) < lines.length + 1;
  return isCounted && isClose ? lines.map((line) => line.replace(NUMBER, '')).join('\n') : text;
};

/** The shell's second prompt stands behind a line that goes on; PowerShell's is `>>`. */
const withoutSecondPrompts = (text: string): string => {
  const lines = linesOf(text);
  return lines
    .map((line, at) => {
      const before = lines[at - 1] ?? '';
      const goesOn = /(?:[\\^|]|\s`)\s*$/.test(before);
      return /^\s*>>(?: |$)/.test(line) || goesOn
        ? line.replace(/^\s*(?:>>|(?:cmd|d?quote)?>|More\?)[^\S\n]?/, '')
        : line;
    })
    .join('\n');
};

const CURL = /^[^\n]{0,100}?(?<![\w-])curl(?:\.exe)?[^\S\n]+-/;
const MORE_OF_IT = /^[^\S\n]+(?:-{1,2}[a-zA-Z]|["']?https?:\/\/)/;

/** A command on several lines whose marks at their ends were lost. */
const withLineEnds = (text: string): string => {
  const lines = linesOf(text);
  let isCommand = false;
  return lines
    .map((line, at) => {
      isCommand = CURL.test(line) || (isCommand && MORE_OF_IT.test(line));
      const goesOn = isCommand && !/(?:[\\^]|\s`)\s*$/.test(line) && MORE_OF_IT.test(lines[at + 1] ?? '');
      return goesOn ? `${line} \\` : line;
    })
    .join('\n');
};

/** As the log of Android begins its lines, and Flutter's on iOS. */
const withoutLogcat = (text: string): string =>
  text.replaceAll(/^(?:[VDIWEF]\/[\w.]{1,40}[^\S\n]{0,8}\([^\S\n]{0,8}\d{1,9}\)|flutter):[^\S\n]?/gm, '');

/** Of every 401 wget says so by itself, whatever the server said. */
const withoutRemarkOfWget = (text: string): string =>
  text.replaceAll(/^[^\S\n]*(?:Username\/Password Authentication|Authorization) failed\.[^\S\n]*$/gim, '');

/** As a terminal is told its colours, which a file of its output keeps. */
const withoutColours = (text: string): string => text.replaceAll(/(?!\s)\p{Cc}\[[\d;]{0,20}m/gu, '');

const steps = [
  withoutColours,
  withoutFences,
  withoutQuoting,
  withoutLogcat,
  withoutNumbers,
  withoutSecondPrompts,
  withoutHardBlanks,
  withoutSmartQuotes,
  withLineEnds,
  withoutRemarkOfWget,
] as const;

/** A text without the traces of where it was copied. */
export const plainText = (pasted: string): string =>
  steps.reduce((text, step) => step(text), pasted.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n'));
