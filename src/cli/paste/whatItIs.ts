import { CliError } from '../cliError.ts';
import { clientLanguages } from './code/clientLanguages.ts';

const CURL = 'In the browser: network panel, right-click the request, "Copy as cURL", and paste that';
const LOG_IT =
  'Write the same request as a curl command (curl https://… -d grant_type=… -d client_id=…) and paste that with the answer below it, or a HAR file';

/** What people paste that holds no request that can be read, and how they get one. The first that fits counts. */
const kinds: readonly (readonly [looks: RegExp, what: string, instead: string])[] = [
  [
    /^\s*eyJ[\w-]+\.[\w-]+\.?[\w-]*\s*$/,
    'a token by itself',
    'Give it with --refresh-token-file or --access-token-file, next to --issuer and --client-id',
  ],
  [
    /^[^\S\n]{0,40}-----BEGIN /m,
    'a key or a certificate',
    'It is not needed, and nobody should see it. Paste the request that failed',
  ],
  [
    /^[^\S\n]{0,40}\d{4,8}\s+(?:[\da-f]{2}\s+){8}|\bFrame \d+: \d+ bytes on wire|^[^\S\n]{0,40}0x[\da-f]{4}:\s+[\da-f]{4} /im,
    'a dump of packets (Wireshark, tcpdump)',
    'In Wireshark choose Follow, HTTP Stream, and paste its text',
  ],
  [
    /^(?:=> Send|<= Recv) (?:header|data)/m,
    'a trace of curl (--trace)',
    'Run it with curl -v instead, and paste the command with what it prints',
  ],
  [
    /\btype="?[A-Z_]+_ERROR"?,\s*realm/,
    "Keycloak's log of events",
    'Give its error with --error, and the request that failed',
  ],
  [
    /^type:\s*["']?[\w.-]*insomnia\.rest/m,
    'an export of Insomnia that has no requests in it',
    'In Insomnia open the menu of the request, choose Generate Code, cURL, and paste that',
  ],
  [
    /^(?:meta|vars|auth:\w+|body:[\w-]+) \{$/m,
    'a part of a request of Bruno',
    'Paste the whole `.bru` file, or choose Generate Code, cURL, and paste that',
  ],
  [
    /^[^\S\n]{0,40}(?:openapi|swagger):\s/m,
    'a description of an API (OpenAPI)',
    'Send a request from your tool and paste that',
  ],
  ...clientLanguages.map(({ name, looks }) => [looks, `a snippet of ${name}`, LOG_IT] as const),
  [/\breqwest::|\bureq::/, 'a snippet of Rust', LOG_IT],
  [/\bURLRequest\(|\bURLSession\b|\bAlamofire\b/, 'a snippet of Swift', LOG_IT],
  [
    /\bhttps?\.request\(|\bXMLHttpRequest\b|\bsuperagent\b/,
    'a snippet of JavaScript that is not read',
    `${CURL}; from Node, ${LOG_IT[0]!.toLowerCase()}${LOG_IT.slice(1)}`,
  ],
  [
    /^[^\S\n]{0,40}(?:Traceback \(most recent call last\)|at [\w$.<>]{1,200}\([^()\n]{0,200}:\d+\)|Exception in thread)/m,
    'a stack trace',
    'What the server answered is not in it. Paste the answer and the request',
  ],
  [
    /^[^\S\n]{0,40}(?:General|Request URL:?|Request Method:?|Status Code:?)[^\S\n]*$/m,
    'what the network panel of a browser shows',
    CURL,
  ],
  [/^\s*<(?:!doctype|html|\?xml)/i, 'a page', CURL],
  [
    /^\s*https?:\/\/\S+\s*$/,
    'an address by itself',
    'Paste the whole request; for a provider, give its address with --issuer, and --client-id',
  ],
];

const start = (text: string): string => text.slice(0, 200_000);

const kindOf = (text: string) => kinds.find(([looks]) => looks.test(start(text))) ?? [];

/** Names what a text is that cannot be read, without a word of it. `undefined`: nobody knows. */
export const whatItIs = (text: string): CliError | undefined => {
  const [, what, instead] = kindOf(text);
  return what === undefined
    ? undefined
    : new CliError(`This looks like ${what}, in which no request can be read. ${instead}`);
};

/** A line of a stack, which names classes and shows no request. */
const STACK = /^[^\S\n]{0,40}(?:at [\w$.]+\(|#\d+ \/)/m;

/** The same of a program beside an answer. */
export const unreadProgram = (text: string): readonly string[] => {
  const [, what, instead] = kindOf(text);
  return instead === LOG_IT && !STACK.test(start(text))
    ? [`The request is in ${what}, which is not read. ${instead}.`]
    : [];
};
