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

/** A text in which a log with arrows stands as it went over the wire. */
export const withoutArrowLog = (text: string): string =>
  FIRST.test(text)
    ? withoutTag(text, tagIn(text))
        .replaceAll(/^-{2,3}> END .*$|^<-{2,3} END .*$/gm, '')
        .replaceAll(/^-{2,3}> ([A-Z]+ \S+).*$/gm, '$1 HTTP/1.1')
        .replaceAll(/^<-{2,3} (?:HTTP\S* )?(\d{3}).*$/gm, 'HTTP/1.1 $1')
    : text;
