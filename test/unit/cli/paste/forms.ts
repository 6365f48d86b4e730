import { loggedForms } from './loggedForms.ts';

/** What stands in a request of a form. Neither token nor secret has characters that a form would have to write otherwise. */
export interface Planted {
  readonly url: string;
  readonly token: string;
  readonly secret: string;
}

const form = ({ token, secret }: Planted): string =>
  new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: 'web',
    client_secret: secret,
    refresh_token: token,
  }).toString();

const TYPE = 'application/x-www-form-urlencoded';

const fields = ({ token, secret }: Planted): readonly (readonly [string, string])[] => [
  ['grant_type', 'refresh_token'],
  ['client_id', 'web'],
  ['client_secret', secret],
  ['refresh_token', token],
];

const json = (planted: Planted): string => JSON.stringify(Object.fromEntries(fields(planted)));

const pairs = (planted: Planted, key: string) =>
  fields(planted).map(([name, value]) => ({ [key]: name, value }));

const answer = ({ token, secret }: Planted): string =>
  JSON.stringify({
    error: 'invalid_grant',
    error_description: `Session not active ${token} ${secret}`,
    refresh_token: token,
  });

/** Each form in which a request and its answer can be pasted. */
export const forms: Readonly<Record<string, (planted: Planted) => string>> = {
  'Insomnia 5': (planted) =>
    `type: collection.insomnia.rest/5.0\ncollection:\n  - url: ${planted.url}\n    name: x\n    method: POST\n    body:\n      mimeType: ${TYPE}\n      params:\n${fields(
      planted,
    )
      .map(([name, value]) => `        - name: ${name}\n          value: ${value}\n`)
      .join('')}`,
  Bruno: (planted) =>
    `post {\n  url: ${planted.url}\n  body: formUrlEncoded\n}\n\nbody:form-urlencoded {\n${fields(planted)
      .map(([name, value]) => `  ${name}: ${value}\n`)
      .join('')}}\n\n${answer(planted)}`,
  'curl -i': (planted) =>
    `$ curl -i '${planted.url}' -d '${form(planted)}'\nHTTP/1.1 400 Bad Request\nSet-Cookie: a=${planted.token}\n\n${answer(planted)}`,
  'curl -v': (planted) =>
    `* Connected to id.example (127.0.0.1) port 443\n> POST /token?x=${planted.token} HTTP/1.1\n> Host: id.example\n> Authorization: Basic ${Buffer.from(`web:${planted.secret}`).toString('base64')}\n> \n< HTTP/1.1 400 Bad Request\n< X: y\n< \n${answer(planted)}`,
  'a here document': (planted) =>
    `curl ${planted.url} -d @- <<EOF\n${form(planted)}\nEOF\n${answer(planted)}`,
  'curl --config': (planted) => `url = "${planted.url}"\ndata = "${form(planted)}"\n`,
  'variables of a shell': (planted) =>
    `SECRET=${planted.secret}\nexport TOKEN='${planted.token}'\ncurl "${planted.url}" -u "web:$SECRET" -d grant_type=refresh_token -d "refresh_token=$TOKEN"\n${answer(planted)}`,
  'HTTP as text': (planted) =>
    `POST /realms/app/protocol/openid-connect/token HTTP/1.1\nHost: id.example\nContent-Type: ${TYPE}\n\n${form(planted)}\n\nHTTP/1.1 400 Bad Request\n\n${answer(planted)}`,
  'a file of an editor': (planted) =>
    `@secret = ${planted.secret}\n### ${planted.token}\nPOST ${planted.url}\nContent-Type: ${TYPE}\nAuthorization: Basic web ${planted.secret}\n\ngrant_type=refresh_token\n&client_secret={{secret}}\n&refresh_token=${planted.token}\n\nHTTP/1.1 400 Bad Request\n\n${answer(planted)}\n###\nGET https://api.example/${planted.token}?a=${planted.secret}\n`,
  'a HAR file': (planted) =>
    JSON.stringify({
      log: {
        entries: [
          {
            request: {
              method: 'POST',
              url: planted.url,
              headers: [{ name: 'Cookie', value: `a=${planted.secret}` }],
              postData: { mimeType: TYPE, text: form(planted) },
            },
            response: {
              status: 400,
              headers: [{ name: 'Set-Cookie', value: `a=${planted.token}` }],
              content: { text: answer(planted) },
            },
          },
          {
            request: {
              method: 'GET',
              url: `https://app.example/${planted.token}?x=${planted.secret}`,
              headers: [],
            },
            response: { status: 200, headers: [] },
          },
        ],
      },
    }),
  'a collection of Postman': (planted) =>
    `${JSON.stringify({
      info: {},
      variable: [{ key: 's', value: planted.secret }],
      item: [
        {
          name: planted.token,
          request: {
            method: 'POST',
            url: { raw: planted.url },
            auth: {
              type: 'basic',
              basic: [
                { key: 'username', value: 'web' },
                { key: 'password', value: '{{s}}' },
              ],
            },
            body: { mode: 'urlencoded', urlencoded: pairs(planted, 'key') },
          },
          response: [{ code: 400, body: answer(planted) }],
        },
        { name: 'b', request: `https://api.example/${planted.secret}` },
      ],
    })}\n${JSON.stringify({ name: 'x', values: [{ key: 't', value: planted.token }] })}`,
  'an export of Insomnia': (planted) =>
    JSON.stringify({
      _type: 'export',
      resources: [
        { _type: 'environment', data: { t: planted.token } },
        {
          _type: 'request',
          name: planted.secret,
          method: 'POST',
          url: planted.url,
          body: { mimeType: TYPE, params: pairs(planted, 'name') },
          authentication: { type: 'bearer', token: '{{ _.t }}' },
        },
      ],
    }),
  httpie: (planted) =>
    `http -f POST ${planted.url} -a web:${planted.secret} ${fields(planted)
      .map(([name, value]) => `${name}='${value}'`)
      .join(' ')} X-Key:${planted.secret}\nHTTP/1.1 400 Bad Request\n\n${answer(planted)}`,
  wget: (planted) =>
    `wget -qO- --post-data='${form(planted)}' --header='Cookie: a=${planted.secret}' ${planted.url}\n${answer(planted)}`,
  'wget with its log': (planted) =>
    `wget --content-on-error -S -O- --post-data='${form(planted)}' ${planted.url}\n--2026-11-29 11:00:00--  ${planted.url}\nHTTP request sent, awaiting response... \n  HTTP/1.1 401 Unauthorized\n  Set-Cookie: a=${planted.secret}\n${answer(planted)}\nUsername/Password Authentication Failed.\n`,
  "Postman's console, lines": (planted) =>
    `POST ${planted.url} 401 38 ms\nNetwork\nRequest Headers\nContent-Type: "${TYPE}"\nCookie: "a=${planted.secret}"\nRequest Body\n${fields(
      planted,
    )
      .map(([name, value]) => `${name}: "${value}"\n`)
      .join('')}Response Headers\nSet-Cookie: "a=${planted.token}"\nResponse Body\n${answer(planted)}\n`,
  "Postman's console, an object": (planted) =>
    `POST ${planted.url}: ${JSON.stringify({
      'Request Headers': { 'content-type': TYPE, cookie: `a=${planted.secret}` },
      'Request Body': Object.fromEntries(fields(planted)),
      'Response Headers': { 'set-cookie': `a=${planted.token}` },
      'Response Body': answer(planted),
    })}`,
  fetch: (planted) =>
    `const secret = '${planted.secret}';\nawait fetch('${planted.url}', {\n  method: 'POST',\n  headers: { Authorization: 'Basic ' + btoa('web:' + secret) },\n  body: new URLSearchParams(${json(planted)}),\n});\n${answer(planted)}`,
  Dart: (planted) =>
    `await http.post(Uri.parse('${planted.url}'), body: ${json(planted)});\n\nI/flutter ( 8123): 400 ${answer(planted)}`,
  axios: (planted) =>
    `axios.post('${planted.url}', qs.stringify(${json(planted)}), { auth: { username: 'web', password: '${planted.secret}' } })\n// ${answer(planted)}`,
  requests: (planted) =>
    `import requests\ndata = ${json(planted)}\nr = requests.post("${planted.url}", data=data, auth=("web", "${planted.secret}"))\n${answer(planted)}`,
  PowerShell: (planted) =>
    `$secret = '${planted.secret}'\n$body = @{\n  grant_type = 'refresh_token'\n  client_id = 'web'\n  client_secret = $secret\n  refresh_token = '${planted.token}'\n}\nInvoke-RestMethod -Uri '${planted.url}' -Method Post -Body $body -Headers @{ 'X-Key' = "k $secret" }\nInvoke-RestMethod : ${answer(planted)}`,
  'C#': (planted) =>
    `var secret = "${planted.secret}";\nvar request = new HttpRequestMessage(HttpMethod.Post, "${planted.url}");\nrequest.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"web:{secret}")));\nrequest.Content = new FormUrlEncodedContent(new Dictionary<string, string>\n{\n${fields(
      planted,
    )
      .map(([name, value]) => `    { "${name}", "${value}" },\n`)
      .join('')}});\nvar response = await http.SendAsync(request);\n\n401 ${answer(planted)}`,
  Java: (planted) =>
    `HttpRequest request = HttpRequest.newBuilder(URI.create("${planted.url}"))\n  .header("X-Key", "${planted.secret}")\n  .POST(HttpRequest.BodyPublishers.ofString("grant_type=refresh_token&client_secret=${planted.secret}"\n    + "&refresh_token=" + "${planted.token}"))\n  .build();\nclient.send(request, HttpResponse.BodyHandlers.ofString());\n${answer(planted)}`,
  Go: (planted) =>
    `token := "${planted.token}"\ndata := url.Values{}\ndata.Set("grant_type", "refresh_token")\ndata.Set("refresh_token", token)\nreq, _ := http.NewRequest("POST", "${planted.url}", strings.NewReader(data.Encode()))\nreq.SetBasicAuth("web", \`${planted.secret}\`)\nres, _ := client.Do(req)\n${answer(planted)}`,
  PHP: (planted) =>
    `<?php\n$secret = '${planted.secret}';\n$ch = curl_init('${planted.url}');\ncurl_setopt($ch, CURLOPT_USERPWD, "web:$secret");\ncurl_setopt($ch, CURLOPT_HTTPHEADER, ['X-Key: ${planted.secret}']);\ncurl_setopt($ch, CURLOPT_POSTFIELDS, ['grant_type' => 'refresh_token', 'refresh_token' => "${planted.token}"]);\necho curl_exec($ch);\n${answer(planted)}`,
  Ruby: (planted) =>
    `SECRET = '${planted.secret}'\nres = HTTParty.post('${planted.url}', headers: { 'X-Key' => "k #{SECRET}" }, body: { grant_type: 'refresh_token', client_id: 'web', client_secret: SECRET, refresh_token: '${planted.token}' })\n${answer(planted)}`,
  'an error of PowerShell 7': (planted) =>
    `Invoke-RestMethod: /home/me/a.ps1:7\nLine |\n   7 |  Invoke-RestMethod -Uri "${planted.url}" -Method Post -Body "${form(planted)} …\n     |  ~~~~\n     | ${answer(planted)}\n`,
  ...Object.fromEntries(
    Object.entries(loggedForms).map(([name, logged]) => [
      `the log of ${name}`,
      (planted: Planted) => logged({ url: planted.url, form: form(planted), answer: answer(planted) }),
    ]),
  ),
  'developer tools': (planted) =>
    `POST ${planted.url} 400 (Bad Request)\n\nRequest Headers\nauthorization: Basic ${Buffer.from(`web:${planted.secret}`).toString('base64')}\ncookie: a=${planted.secret}\n\nPayload\n${fields(
      planted,
    )
      .map(([name, value]) => `${name}: ${value}\n`)
      .join('')}\nResponse\n${answer(planted)}`,
  'developer tools, a line for each name and each value': (planted) =>
    `Request URL:\n${planted.url}\nRequest Method:\nPOST\n\nForm Data\n${fields(planted).flat().join('\n')}\n\n${answer(planted)}`,
  kcadm: (planted) =>
    `$ kcadm.sh config credentials --server ${new URL(planted.url).origin} --realm app --user anna --password ${planted.token} --client web --secret ${planted.secret}\nLogging into ${new URL(planted.url).origin} as user anna of realm app\nInvalid user credentials ${planted.token} [invalid_grant]\n`,
  'application.yml': (planted) =>
    `client-id: web\nclient-secret: ${planted.secret}\ntoken-uri: ${planted.url}\napi-token: ${planted.token}\n\n${answer(planted)}`,
  'application.properties': (planted) =>
    `x.client-id=web\nx.client-secret="${planted.secret}" \nx.token-uri=${planted.url}\nx.client-authentication-method=client_secret_basic\nx.token=${planted.token}\n\n${answer(planted)}`,
  'keycloak.json': (planted) =>
    `Config:\n{ "api-token": "${planted.token}", "resource": "web", "token-url": "${planted.url}", "credentials": { "secret": "${planted.secret}" } }\n\n${answer(planted)}`,
  'an environment': (planted) =>
    `services:\n    - OIDC_CLIENT_ID=web\n    - OIDC_TOKEN_URL=${planted.url}\n    - OIDC_CLIENT_SECRET=${planted.secret}\n    - OTHER_CLIENT_SECRET=${planted.token}\n\n${answer(planted)}`,
  'an answer alone': (planted) =>
    `HTTP/1.1 400 Bad Request\nSet-Cookie: sid=${planted.secret}\nLocation: https://app.example/cb?code=${planted.token}\n\n${answer(planted)}`,
};
