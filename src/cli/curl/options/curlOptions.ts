/** The short options that take a value, and those flags that change the request. */
export const shortOptions: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ':': 'next',
    A: 'user-agent',
    b: 'cookie',
    c: 'cookie-jar',
    C: 'continue-at',
    d: 'data',
    D: 'dump-header',
    e: 'referer',
    E: 'cert',
    F: 'form',
    G: 'get',
    H: 'header',
    I: 'head',
    K: 'config',
    m: 'max-time',
    o: 'output',
    P: 'ftp-port',
    Q: 'quote',
    r: 'range',
    t: 'telnet-option',
    T: 'upload-file',
    u: 'user',
    U: 'proxy-user',
    w: 'write-out',
    x: 'proxy',
    X: 'request',
    y: 'speed-time',
    Y: 'speed-limit',
    z: 'time-cond',
  }),
);

/**
 * The long options that take a value. All others are flags. Those that hardly a request has are left out: their values
 * look like more addresses, of which the one with `://` counts.
 */
export const optionsWithValue: ReadonlySet<string> = new Set(
  `aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to continue-at cookie cookie-jar
  crlfile data data-ascii data-binary data-raw data-urlencode dns-servers doh-url dump-header etag-compare
  etag-save form form-string ftp-port header interface ipfs-gateway json keepalive-time key key-type libcurl
  limit-rate local-port max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir
  parallel-max pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert proxy-capath
  proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass
  proxy-pinnedpubkey proxy-tls13-ciphers proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote range
  rate referer request request-target resolve retry retry-delay retry-max-time socks4 socks4a socks5
  socks5-hostname speed-limit speed-time stderr telnet-option time-cond tls-max tls13-ciphers tlspassword
  tlsuser trace trace-ascii unix-socket upload-file url url-query user user-agent variable write-out`.split(
    /\s+/,
  ),
);
