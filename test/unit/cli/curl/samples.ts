import type { HttpRequest } from '../../../../src/cli/curl/httpRequest.ts';

/** A request as a tool writes it, and what it is. */
export interface Sample {
  readonly of: string;
  readonly text: string;
  readonly request: HttpRequest;
}

export const url = 'http://localhost:8080/realms/my_realm/protocol/openid-connect/token';
const FORM = ['Content-Type', 'application/x-www-form-urlencoded'] as const;
const refresh = 'grant_type=refresh_token&client_id=my_client&refresh_token=abc.def.ghi';

const form = (text: string, headers: HttpRequest['headers'] = [FORM]): HttpRequest => ({
  method: 'POST',
  url,
  headers,
  body: { kind: 'raw', text },
});

const parts = [
  ['grant_type', 'refresh_token'],
  ['client_id', 'my_client'],
] as const;

const multipart: HttpRequest = {
  method: 'POST',
  url,
  headers: [['Content-Type', 'multipart/form-data']],
  body: { kind: 'multipart', parts },
};

const chromeHeaders = [
  ['Accept', '*/*'],
  ['Content-Type', 'application/x-www-form-urlencoded'],
  ['sec-ch-ua', '"Chromium";v="142", "Not_A Brand";v="99"'],
] as const;

const boundary = '----WebKitFormBoundaryA1b2C3d4E5f6G7h8';
const formDataText = [
  `--${boundary}\r\nContent-Disposition: form-data; name="grant_type"\r\n\r\nrefresh_token\r\n`,
  `--${boundary}\r\nContent-Disposition: form-data; name="client_id"\r\n\r\nmy_client\r\n`,
  `--${boundary}--\r\n`,
].join('');

export const browserSamples: readonly Sample[] = [
  {
    of: 'Chrome on Linux',
    text: String.raw`curl '${url}' \
  -H 'Accept: */*' \
  -H 'Content-Type: application/x-www-form-urlencoded' \
  -H 'sec-ch-ua: "Chromium";v="142", "Not_A Brand";v="99"' \
  --data-raw '${refresh}'`,
    request: form(refresh, chromeHeaders),
  },
  {
    of: 'Chrome on Linux, with what the shell would take amiss',
    text: String.raw`curl '${url}' \
  -H 'Content-Type: application/x-www-form-urlencoded' \
  --data-raw $'password=it\'s\u0021 \\ \n\r\t&x=\u00e9' \
  --insecure`,
    request: form("password=it's! \\ \n\r\t&x=é"),
  },
  {
    of: 'Chrome on Linux, a FormData body',
    text: String.raw`curl '${url}' \
  -H 'Content-Type: multipart/form-data; boundary=${boundary}' \
  --data-raw $'${formDataText.replaceAll('\r\n', String.raw`\r\n`)}'`,
    request: form(formDataText, [['Content-Type', `multipart/form-data; boundary=${boundary}`]]),
  },
  {
    of: 'Chrome on Windows, for cmd',
    text: `curl ^"${url}^" ^
  -H ^"Accept: */*^" ^
  -H ^"Content-Type: application/x-www-form-urlencoded^" ^
  -H ^"sec-ch-ua: ^\\^"Chromium^\\^";v=^\\^"142^\\^", ^\\^"Not_A Brand^\\^";v=^\\^"99^\\^"^" ^
  --data-raw ^"grant_type=password^&password=100^%^25^!^^^&x=http^%^3A^%^2F^%^2Fa^"`,
    request: form('grant_type=password&password=100%25!^&x=http%3A%2F%2Fa', chromeHeaders),
  },
  {
    of: 'Chrome on Windows, for cmd, a body of two lines',
    text: `curl ^"${url}^" ^\r\n  --data-raw ^"a=b^\r\n\r\nc=d^" ^\r\n  --compressed`,
    request: form('a=b\nc=d'),
  },
  {
    of: 'Chrome on Windows of former years',
    text: `curl "${url}" -H "Content-Type: application/x-www-form-urlencoded" --data "redirect_uri=http"%"3A"%"2F"%"2Fa&x=1" --compressed`,
    request: form('redirect_uri=http%3A%2F%2Fa&x=1'),
  },
  {
    of: 'Firefox',
    text: `curl '${url}' --compressed -X POST -H 'User-Agent: Mozilla/5.0' -H 'Content-Type: application/x-www-form-urlencoded' -H 'Origin: http://localhost:3000' --data-raw '${refresh}'`,
    request: form(refresh, [['User-Agent', 'Mozilla/5.0'], FORM, ['Origin', 'http://localhost:3000']]),
  },
  {
    of: 'Firefox on Windows',
    text: `curl ^"${url}^" --compressed -X POST -H ^"Content-Type: application/x-www-form-urlencoded^" --data-raw ^"a=b^&c=d^%^20e^"`,
    request: form('a=b&c=d%20e'),
  },
  {
    of: 'Safari',
    text: String.raw`curl '${url}' \
-X 'POST' \
-H 'Content-Type: application/x-www-form-urlencoded' \
--data 'a=b&c=d'`,
    request: form('a=b&c=d'),
  },
  {
    of: '"Copy all as cURL": the one with a grant is meant',
    text: `curl 'http://localhost:3000/app.js' -H 'Accept: */*' ;\ncurl '${url}' --data-raw '${refresh}' ;\ncurl 'http://localhost:3000/x'`,
    request: form(refresh),
  },
  {
    of: '"Copy as fetch" of Chrome',
    text: `fetch("${url}", {
  "headers": {
    "accept": "*/*",
    "content-type": "application/x-www-form-urlencoded"
  },
  "referrer": "http://localhost:3000/",
  "body": "password=(\\n})&x=\\"",
  "method": "POST",
  "mode": "cors"
});`,
    request: form('password=(\n})&x="', [
      ['accept', '*/*'],
      ['content-type', 'application/x-www-form-urlencoded'],
      ['Referer', 'http://localhost:3000/'],
      ['Origin', 'http://localhost:3000'],
    ]),
  },
  {
    of: 'the request as text',
    text: `POST /realms/my_realm/protocol/openid-connect/token HTTP/1.1\r\nHost: localhost:8080\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n${refresh}\r\n`,
    request: form(refresh, [['Host', 'localhost:8080'], FORM]),
  },
];

export const toolSamples: readonly Sample[] = [
  {
    of: 'Postman, x-www-form-urlencoded',
    text: String.raw`curl --location '${url}' \
--header 'Content-Type: application/x-www-form-urlencoded' \
--data-urlencode 'grant_type=password' \
--data-urlencode 'username=user one' \
--data-urlencode 'password=a+b&c=d%'`,
    request: form('grant_type=password&username=user+one&password=a%2Bb%26c%3Dd%25'),
  },
  {
    of: 'Postman, form-data',
    text: String.raw`curl --location '${url}' \
--form 'grant_type="refresh_token"' \
--form 'client_id="my_client"'`,
    request: multipart,
  },
  {
    of: 'an older Postman',
    text: String.raw`curl --location --request POST '${url}' \
--header 'Content-Type: application/x-www-form-urlencoded' \
--data-urlencode 'a=b'`,
    request: form('a=b'),
  },
  {
    of: 'Postman, raw JSON',
    text: String.raw`curl --location '${url}' \
--header 'Content-Type: application/json' \
--data '{
    "grant_type": "refresh_token"
}'`,
    request: form('{\n    "grant_type": "refresh_token"\n}', [['Content-Type', 'application/json']]),
  },
  {
    of: 'Insomnia, a form',
    text: String.raw`curl --request POST \
  --url ${url} \
  --header 'Content-Type: application/x-www-form-urlencoded' \
  --header 'User-Agent: insomnia/10.3.0' \
  --data grant_type=refresh_token \
  --data client_id=my_client`,
    request: form('grant_type=refresh_token&client_id=my_client', [FORM, ['User-Agent', 'insomnia/10.3.0']]),
  },
  {
    of: 'Insomnia, multipart',
    text: String.raw`curl --request POST \
  --url ${url} \
  --header 'Content-Type: multipart/form-data' \
  --form grant_type=refresh_token \
  --form client_id=my_client`,
    request: multipart,
  },
];

const basic = ['Authorization', 'Basic bXlfY2xpZW50OnMzY3JldA=='] as const;

export const handWrittenSamples: readonly Sample[] = [
  {
    of: 'flags taken together, values behind their letters, a prompt and more commands',
    text: `user@host:~$ curl -sSkLXPOST -da=b -d c=d ${url} | jq . ; echo "done`,
    request: form('a=b&c=d'),
  },
  {
    of: 'a user, which is a Basic header',
    text: `curl -u my_client:s3cret -d a=b ${url} 2>/dev/null`,
    request: form('a=b', [basic, FORM]),
  },
  {
    of: 'a user in the address',
    text: `curl -d a=b http://my_client:s3cret@${url.slice(7)}`,
    request: form('a=b', [basic, FORM]),
  },
  {
    of: 'a user beside an Authorization header, which counts',
    text: `curl -u me:x -H 'authorization: Bearer t' -d a=b ${url}`,
    request: form('a=b', [['authorization', 'Bearer t'], FORM]),
  },
  {
    of: 'data for the query',
    text: `curl -G ${url}?x=1#f -d a=b --data-urlencode 'c=d e' --url-query 'f=g h'`,
    request: { method: 'GET', url: `${url}?x=1&a=b&c=d+e&f=g+h`, headers: [] },
  },
  {
    of: 'all forms of --data-urlencode',
    text: `curl ${url} --data-urlencode 'a b' --data-urlencode '=c d' --data-urlencode 'e=f=~*é'`,
    request: form('a+b&c+d&e=f%3D~%2A%C3%A9'),
  },
  {
    of: '--json twice',
    text: `curl ${url} --json '{"a":' --json '1}'`,
    request: form('{"a":1}', [
      ['Content-Type', 'application/json'],
      ['Accept', 'application/json'],
    ]),
  },
  {
    of: 'headers that are sent empty, not at all, or taken away',
    text: `curl ${url} -H 'X-Empty;' -H 'X-None:' -H 'no header' -H 'Content-Type:' -A me -e 'http://a/;auto' -b a=b -b jar.txt --data-raw @x`,
    request: form('@x', [
      ['X-Empty', ''],
      ['User-Agent', 'me'],
      ['Referer', 'http://a/'],
      ['Cookie', 'a=b'],
    ]),
  },
  {
    of: 'parts with quotes and what is said about them',
    text: `curl ${url} -F 'grant_type=refresh_token;type=text/plain' --form-string 'client_id=my_client'`,
    request: multipart,
  },
  {
    of: 'a part in quotation marks',
    text: String.raw`curl ${url} -F 'a="b;\"c\\"' --form-string '@d="e;f'`,
    request: {
      ...multipart,
      body: {
        kind: 'multipart',
        parts: [
          ['a', 'b;"c\\'],
          ['@d', '"e;f'],
        ],
      },
    },
  },
  {
    of: 'options with values that do not matter here',
    text: `curl --max-time 5 -o out.txt --cacert a.pem --connect-timeout 3 -w '%{http_code}' -x http://proxy:1 ${url} -d a=b > log.txt`,
    request: form('a=b'),
  },
  { of: '--option=value', text: `curl --request=POST --url=${url} --data=a=b`, request: form('a=b') },
  {
    of: 'no scheme',
    text: 'curl localhost:8080/x -d a=b',
    request: { ...form('a=b'), url: 'http://localhost:8080/x' },
  },
  {
    of: 'variables, which stay as they are',
    text: `curl ${url} -d "a=$TOKEN&b=\${X}&c=$(jq -r ".x" f)" -d d=$(cat f)`,
    request: {
      ...form('a=$TOKEN&b=${X}&c=$(jq -r ".x" f)&d=$(cat f)'),
      filledIn: ['$TOKEN', '${X}', '$(jq -r ".x" f)', '$(cat f)'],
    },
  },
  {
    of: 'what only looks like a variable',
    text: `curl ${url} -d 'a=$TOKEN' -d "b=\\$X"`,
    request: form('a=$TOKEN&b=$X'),
  },
  {
    of: 'variables of PowerShell',
    text: `curl.exe '${url}' -d "a=$env:TOKEN&b=$x" -d 'c=$y'`,
    request: { ...form('a=$env:TOKEN&b=$x&c=$y'), filledIn: ['$env:TOKEN', '$x'] },
  },
  {
    of: 'lines that lost their backslashes',
    text: `curl ${url}\n  -H 'A: b'\n  -d a=b\n\nThat's what I sent`,
    request: form('a=b', [['A', 'b'], FORM]),
  },
  {
    of: 'blanks behind the backslashes, hyphens made dashes, a byte order mark',
    text: `\uFEFFcurl ${url} \\  \r\n  —header 'A: b' \\ \r\n –d a=b`,
    request: form('a=b', [['A', 'b'], FORM]),
  },
  {
    of: 'a fence and words around it',
    text: `This curl doesn't work:\n\n\`\`\`bash\n$ curl -d a=b ${url}\n\`\`\`\nWhy?`,
    request: form('a=b'),
  },
  {
    of: 'in the middle of a line',
    text: `TOKEN=x sudo curl -d a=b ${url}`,
    request: form('a=b'),
  },
  { of: 'a path to curl', text: `/usr/bin/curl -d a=b ${url}`, request: form('a=b') },
  {
    of: '--next, which begins another request',
    text: `curl -d a=b ${url} --next -d c=d http://other/`,
    request: form('a=b'),
  },
  {
    of: 'PowerShell',
    text: `PS C:\\> curl.exe -X POST "${url}" \`\r\n  -H 'A: it''s' \`\r\n  -d "a=\`"b\`$c""d"`,
    request: form('a="b$c"d', [['A', "it's"], FORM]),
  },
  {
    of: 'cmd, a prompt and the quotation marks of JSON',
    text: `C:\\Users\\me>curl -H "Content-Type: application/json" -d "{\\"a\\":\\"b\\"}" ${url} & pause`,
    request: form('{"a":"b"}', [['Content-Type', 'application/json']]),
  },
  {
    of: 'a batch file, where each % is doubled',
    text: `curl.exe -d "a=b%%20c""d" ${url} > nul`,
    request: form('a=b%20c"d'),
  },
];
