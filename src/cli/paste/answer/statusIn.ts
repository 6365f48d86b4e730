const REASON =
  'Bad Request|Unauthorized|Authorization Required|Unauthenticated|Forbidden|Not Found|Method Not Allowed|Not Acceptable|Request Timeout|Conflict|Unsupported Media Type|Too Many Requests|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Timeout|Client Error|Server Error';

/** How programs tell a status: the first that fits counts. */
const patterns: readonly RegExp[] = [
  new RegExp(String.raw`\b([45]\d\d)\b[\s:,.-]{0,3}\(?(?:${REASON})\b`, 'i'),
  // axios, Spring, .NET, Windows PowerShell, requests, log lines, `curl --fail`.
  /\bstatus(?:[ _-]?code)?["']?\s*(?:is|was|of|does not indicate success)?\s*[:=]?\s*\(?([1-5]\d\d)\b/i,
  // Spring's own exceptions, where the server gave no reason: `HttpClientErrorException: 401 null`.
  /\b\w*(?:Exception|Error)(?:\$\w+)?: \(?([45]\d\d)\b/,
  // A log of requests, a response that OkHttp or Feign prints.
  /\bHTTP\/\d(?:\.\d)?"?[^\S\n]+([1-5]\d\d)\b/i,
  /\bcode["']?[=:][^\S\n]?["']?([45]\d\d)\b/i,
  /(?:^|\s)\[([45]\d\d)\](?:\s|$)/m,
  /\breturned (?:an )?error: \(?([45]\d\d)\b/i,
  /\b(?:HTTP|HTTPError|HttpResponse|Response|response code)\s*:?\s*\[?<?\(?([1-5]\d\d)\b/i,
  /\b(?:got|gets?|returns?|returned|receive[ds]?|with|answers?|error(?: code)?)(?: an?| the)?:? [`'"]?(?:HTTP |status )?([45]\d\d)\b/i,
  /^[^\S\n]{0,20}([45]\d\d)[^\S\n]*$/m,
];

/** The status that a text tells in words. */
export const statusIn = (text: string): number | undefined => {
  const found = patterns.map((pattern) => pattern.exec(text)?.[1]).find((status) => status !== undefined);
  return found === undefined ? undefined : Number(found);
};
