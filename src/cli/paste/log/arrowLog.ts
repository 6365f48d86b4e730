/** The first line of a request, as OkHttp and Feign log it behind what their logger begins its lines with. */
const FIRST = /^(?<prefix>.*?)-{2,3}> [A-Z]+ https?:\/\//m;

/** Of what a line begins with, the last word stays the same: times and threads do not. */
const tagIn = (text: string): string =>
  /\S*[a-z]\S*\W*$/i.exec(FIRST.exec(text)?.groups?.['prefix']?.slice(-80) ?? '')?.[0].trimEnd() ?? '';

const withoutTag = (text: string, tag: string): string =>
  text
    .split('\n')
    .map((line) => {
      const at = line.indexOf(tag);
      return at === -1 || tag === '' ? line : line.slice(at + tag.length).replace(/^ /, '');
    })
    .join('\n');

const ASKED = /^-{2,3}> [A-Z]+ (https?:\/\/\S+)/;
const ANSWERED = /^<-{2,3} .{0,80}?\d{3}.{0,80}? (https?:\/\/\S+)/;

/** Calls that are made at the same time are answered in any order: an answer below another call is not its own. */
const withoutOthersAnswers = (text: string): string => {
  const lines = text.split('\n');
  const calls = new Set(lines.map((line) => ASKED.exec(line)?.[1]));
  let asked: string | undefined;
  let isOthers = false;
  return lines
    .filter((line) => {
      asked = ASKED.exec(line)?.[1] ?? asked;
      const answered = ANSWERED.exec(line)?.[1];
      if (answered !== undefined) isOthers = answered !== asked && calls.has(answered);
      else if (ASKED.test(line)) isOthers = false;
      return !isOthers;
    })
    .join('\n');
};

/** A text in which a log with arrows stands as it went over the wire. */
export const withoutArrowLog = (text: string): string =>
  FIRST.test(text)
    ? withoutOthersAnswers(withoutTag(text, tagIn(text)))
        .replaceAll(/^-{2,3}> END .*$|^<-{2,3} END .*$/gm, '')
        .replaceAll(/^-{2,3}> ([A-Z]+ \S+).*$/gm, '$1 HTTP/1.1')
        .replaceAll(/^<-{2,3} (?:HTTP\S* )?(\d{3}).*$/gm, 'HTTP/1.1 $1')
    : text;
