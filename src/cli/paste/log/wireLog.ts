/** Apache's HttpClient, whatever stands in front, and `http.client` of Python: which way it went, and what. */
const LINE =
  /^.{0,500}?(?:(?:http-outgoing-(?<id>\d+)|\bwire|\bheaders?)[\w\])]{0,9}[\s:-]{1,9}(?<mark>>>|<<)|(?<![\w-])(?<word>send|reply|header):) (?<said>.*)$/;
const QUOTED = /^b?(["'])(?<text>.*)\1$/;
const FIRST = /^\S+ \S+ HTTP\/|^HTTP\/\d/;

interface Logged {
  /** Of the connection. */
  readonly id: string | undefined;
  readonly isOut: boolean;
  readonly text: string;
  /** As it went over the wire, its line ends told by their names. */
  readonly isQuoted: boolean;
}

const loggedIn = (line: string): Logged | undefined => {
  const { id, mark, word, said } = LINE.exec(line)?.groups ?? {};
  if (said === undefined) return undefined;
  const quoted = QUOTED.exec(said)?.groups?.['text'];
  return {
    id,
    isOut: mark === '>>' || word === 'send',
    text: (quoted ?? `${said}\n`).replaceAll(/(?:\[\\r\]|\\r)?(?:\[\\n\]|\\n)/g, '\n'),
    isQuoted: quoted !== undefined,
  };
};

/** All that went one way at a time. It may be there twice: its first lines by themselves, and as it went. */
const messageOf = (lines: readonly Logged[]): string => {
  const wire = lines.filter(({ isQuoted }) => isQuoted);
  const isTwice = [true, false].every((each) =>
    lines.some(({ isQuoted, text }) => isQuoted === each && FIRST.test(text)),
  );
  return (isTwice ? wire : lines)
    .map(({ text, isQuoted }, at, all) => (isQuoted && all[at - 1]?.isQuoted === false ? `\n${text}` : text))
    .join('')
    .replace(/\n\n[\da-f]{1,6}\n/, '\n\n');
};

/** What several connections carry at the same time is not mixed. */
const messagesIn = (lines: readonly Logged[]): string => {
  const messages: Logged[][] = [];
  for (const line of lines.toSorted((one, other) => Number(one.id ?? 0) - Number(other.id ?? 0))) {
    const last = messages.at(-1);
    if (last?.[0]?.isOut === line.isOut && last[0].id === line.id) last.push(line);
    else messages.push([line]);
  }
  return messages.map(messageOf).join('\n\n');
};

/** A text in which a log of what went over the wire stands as it went. */
export const withoutWireLog = (text: string): string => {
  const lines = text.split('\n');
  const logged = lines.map(loggedIn);
  const start = logged.findIndex((line) => line?.isOut && FIRST.test(line.text));
  if (start === -1) return text;
  // urllib3 says it once more.
  const others = lines.filter((line, at) => at > start && !logged[at] && !line.includes('urllib3'));
  const messages = messagesIn(logged.filter((line) => line !== undefined));
  return [...lines.slice(0, start), messages, ...others].join('\n');
};
