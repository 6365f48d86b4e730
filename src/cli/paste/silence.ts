import type { NoAnswer } from '../../explain/failedGrant.ts';

/** That no answer came, in the words of the program that asked. */
export interface Silence {
  readonly reason: NoAnswer;
  readonly complaint: string;
}

const any = (...parts: readonly string[]): RegExp => new RegExp(parts.join('|'), 'i');

/**
 * How programs say that no answer came, the more telling first: Go, curl and PHP, Java, Python, Node, .NET, Ruby, and the
 * consoles of Chrome, Firefox and Safari.
 */
const complaints: readonly (readonly [reason: NoAnswer, said: RegExp])[] = [
  [
    'certificate_refused',
    any(
      String.raw`x509: (?:certificate|cannot validate)`,
      'tls: failed to verify certificate',
      String.raw`curl(?: error|:)? \(?(?:51|58|60|77)\)?\b`,
      'SSL certificate problem',
      'PKIX path (?:building|validation) failed',
      'unable to find valid certification path',
      'SSLPeerUnverifiedException',
      'No subject alternative (?:DNS )?names? (?:matching|present)',
      'CERTIFICATE_VERIFY_FAILED',
      'certificate verify failed',
      'UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(?:_LOCALLY)?)',
      '(?:DEPTH_ZERO_)?SELF_SIGNED_CERT(?:_IN_CHAIN)?',
      String.raw`self[- ]signed certificate(?: in certificate chain)?`,
      'unable to (?:verify the first certificate|get local issuer certificate)',
      String.raw`\bCERT_HAS_EXPIRED\b|certificate has expired`,
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'The remote certificate (?:is|was) (?:invalid|rejected)',
      'Could not establish trust relationship for the SSL/TLS',
      String.raw`net::ERR_CERT_\w+`,
      'SEC_ERROR_UNKNOWN_ISSUER',
      'MOZILLA_PKIX_ERROR_\\w+',
      'The certificate for this server is invalid',
    ),
  ],
  [
    'name_unknown',
    any(
      'no such host',
      String.raw`\bgetaddrinfo (?:ENOTFOUND|EAI_AGAIN|failed)`,
      String.raw`\bENOTFOUND\b`,
      String.raw`curl(?: error|:)? \(?6\)?\b`,
      'Could not resolve host',
      'UnknownHostException',
      'Name or service not known',
      'nodename nor servname provided',
      'Temporary failure in name resolution',
      'NameResolutionError',
      'The remote name could not be resolved',
      'ERR_NAME_NOT_RESOLVED',
      'A server with the specified hostname could not be found',
    ),
  ],
  [
    'connection_refused',
    any(
      String.raw`\bECONNREFUSED\b`,
      'connection refused',
      'actively refused it',
      String.raw`curl(?: error|:)? \(?7\)?\b`,
      'ERR_CONNECTION_REFUSED',
      'Could not connect to the server',
    ),
  ],
  [
    'timed_out',
    any(
      'i/o timeout',
      'context deadline exceeded',
      String.raw`Client\.Timeout exceeded`,
      String.raw`\bE(?:SOCKET)?TIMEDOUT\b`,
      String.raw`curl(?: error|:)? \(?28\)?\b`,
      '(?:connection|connect|operation|read|request) timed out',
      '(?:SocketTimeout|HttpTimeout|ConnectTimeout|HttpConnectTimeout|ReadTimeout)(?:Exception|Error)?',
      'TLS handshake timeout',
      'UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT',
      String.raw`canceled due to the configured HttpClient\.Timeout`,
      String.raw`timeout of \d+ ?ms exceeded`,
      'ERR_(?:CONNECTION_)?TIMED_OUT',
    ),
  ],
  [
    'redirected_too_often',
    any(
      String.raw`stopped after \d+ redirects`,
      'Exceeded \\d+ redirects',
      'TooManyRedirects',
      'ERR_TOO_MANY_REDIRECTS',
      String.raw`curl(?: error|:)? \(?47\)?\b`,
      'redirect count exceeded',
      String.raw`Maximum (?:number of )?redirects`,
    ),
  ],
  [
    'connection_lost',
    any(
      String.raw`\bECONNRESET\b`,
      'socket hang up',
      'connection reset by peer',
      'Connection aborted',
      'RemoteDisconnected',
      String.raw`curl(?: error|:)? \(?(?:35|52|56)\)?\b`,
      'Empty reply from server',
      'unexpected end of stream',
      'server gave HTTP response to HTTPS client',
      'wrong[ _]version[ _]number',
      'disconnected before secure TLS connection was established',
      'tls: handshake failure',
      'EOF occurred in violation of protocol',
      String.raw`\bEPROTO\b`,
      'Received fatal alert: ',
      'Unsupported or unrecognized SSL message',
      'Remote host (?:terminated the handshake|closed connection)',
      'The underlying connection was closed',
      'An existing connection was forcibly closed',
      'ERR_(?:CONNECTION_(?:RESET|CLOSED)|EMPTY_RESPONSE|SSL_PROTOCOL_ERROR)',
      'The network connection was lost',
      String.raw`(?:Post|Get) \\?"https?:[^"\n]{1,500}": (?:unexpected )?EOF`,
    ),
  ],
  [
    'hidden',
    any(
      'blocked by CORS policy',
      'Cross-Origin Request Blocked',
      String.raw`(?:\bNo |\bThe |header )["'‘]Access-Control-Allow-\w`,
      String.raw`not allowed by Access-Control-Allow-\w`,
      'Mixed Content: ',
      'did not allow origin',
      'Origin is not allowed',
      'Fetch API cannot load [^\\n]{1,300}access control checks',
      'NetworkError when attempting to fetch resource',
      'TypeError: (?:Failed to fetch|Load failed)',
      'AxiosError: Network Error',
      String.raw`(?:^|\n|Error: )[^\S\n]{0,20}(?:Failed to fetch|Load failed|Network Error)(?=\.?[^\S\n]{0,20}(?:\n|$))`,
    ),
  ],
];

const MOST_SAID = 400;

/** From the words to the end of their line, and what stands before them where it is short. */
const sentenceAt = (text: string, index: number): string => {
  const lineStart = text.lastIndexOf('\n', index) + 1;
  const start = Math.max(lineStart, index - MOST_SAID / 2);
  return text.slice(start, index + MOST_SAID).split('\n')[0] ?? '';
};

/** Why no answer came, if a text says so. */
export const silenceIn = (text: string): Silence | undefined => {
  for (const [reason, said] of complaints) {
    const found = said.exec(text);
    if (found) return { reason, complaint: sentenceAt(text, found.index) };
  }
  return undefined;
};
