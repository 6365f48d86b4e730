const ADDRESS = String.raw`"?(https?:\/\/[^\s"]{1,300})"?`;
/** Behind it no body is looked for. */
const END = '\n\n* ';

/** Lines that tell a request or a status, each by itself: .NET, Spring, urllib3, Java's own client, resty. */
const lines: readonly (readonly [line: string, wire: string])[] = [
  [String.raw`.*\bSending HTTP request ([A-Z]+) ${ADDRESS}.*`, `$1 $2 HTTP/1.1${END}`],
  [String.raw`.*[:\]-] HTTP ([A-Z]+) ${ADDRESS}`, `$1 $2 HTTP/1.1${END}`],
  [String.raw`.*\bReceived HTTP response[ a-z]{1,20}[\d.]{1,20}ms - (\d{3})\b.*`, '* status $1'],
  [
    String.raw`.*?(https?:\/\/[^\s"]{1,300}) "([A-Z]+) (\/\S*) HTTP\/[\d.]+" (\d{3})\b.*`,
    `$2 $1$3 HTTP/1.1${END}status $4`,
  ],
  [String.raw`.*\bREQUEST: (https?:\S+) ([A-Z]+)(?![^]{0,500}REQUEST HEADERS)`, `$2 $1 HTTP/1.1${END}`],
  ['[A-Z].* log(?:Request|Response|Headers)', '* '],
  [String.raw`.*\bRESPONSE: \(.*\) (\d{3}) .*`, '* status $1'],
  [
    String.raw`~+ REQUEST ~+\n([A-Z]+)\s+(\S+)\s+HTTP.*\nHOST\s*: (.*)\nHEADERS\s*:`,
    '$1 $2 HTTP/1.1\nHost: $3',
  ],
  [String.raw`STATUS\s*: (\d{3}.*)\n(?:[A-Z ]+:.+\n)*HEADERS\s*:`, '\nHTTP/1.1 $1'],
  [String.raw`BODY\s*:`, ''],
  [String.raw`[-=~]{9,}|~+ RESPONSE ~+`, ''],
];

const HINT =
  /Sending HTTP request| HTTP (?:POST|GET) "?http|https?:\/\/\S{1,300} "[A-Z]+ \/|REQUEST: http|~ REQUEST ~/;

/** Of two that are under way at once nobody knows whose answer comes first. */
const AT_ONCE = /Sending HTTP request(?:(?!Received HTTP response)[^]){1,2000}?Sending HTTP request/;
const ANSWER = /^.*\bReceived HTTP response .*$/gm;

/** A text in which the lines of a log that tell a request and what came of it stand as on the wire. */
export const withoutLineLog = (text: string): string => {
  if (!HINT.test(text)) return text;
  const sure = AT_ONCE.test(text) ? text.replaceAll(ANSWER, '') : text;
  return lines.reduce((all, [line, wire]) => all.replaceAll(new RegExp(`^${line}$`, 'gm'), wire), sure);
};
