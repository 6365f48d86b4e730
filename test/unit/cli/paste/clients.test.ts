import { describe, expect, it } from 'vitest';
import { readPaste } from '../../../../src/cli/paste/readPaste.ts';

const TOKEN = 'https://id.example/realms/app/protocol/openid-connect/token';
const FORM = ['Content-Type', 'application/x-www-form-urlencoded'] as const;
const JSON_TYPE = ['Content-Type', 'application/json'] as const;
const PARTS = ['Content-Type', 'multipart/form-data'] as const;
const basic = (text: string) => ['Authorization', `Basic ${Buffer.from(text).toString('base64')}`] as const;
const BASIC = basic('reports:s3cret');
const FIELDS = 'grant_type=client_credentials&client_id=reports&client_secret=s3cret';
const BY_BASIC = 'grant_type=client_credentials&scope=read';
const JSON_FIELDS = '{"grant_type":"client_credentials","client_id":"reports","client_secret":"s3cret"}';

type Header = readonly [string, string];
type Row = readonly [what: string, text: string, request: object];

const posted = (text: string, ...headers: readonly Header[]) => ({
  method: 'POST',
  url: TOKEN,
  headers,
  body: { kind: 'raw', text },
});

const parts = {
  method: 'POST',
  url: TOKEN,
  headers: [PARTS],
  body: {
    kind: 'multipart',
    parts: [
      ['grant_type', 'client_credentials'],
      ['client_id', 'reports'],
      ['client_secret', 's3cret'],
    ],
  },
};

const ANSWER =
  '\n\n401 {"error":"unauthorized_client","error_description":"Invalid client","access_token":"x","scope":"y"}';

const csharp: readonly Row[] = [
  [
    'a dictionary in one call',
    `var response = await http.PostAsync("${TOKEN}", new FormUrlEncodedContent(new Dictionary<string, string>
{
    ["grant_type"] = "client_credentials",
    ["client_id"] = "reports",
    ["client_secret"] = "s3cret",
}));
Console.WriteLine($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");`,
    posted(FIELDS, FORM),
  ],
  [
    'a message with pairs, and a constant',
    `using var client = new HttpClient();
const string clientId = "reports";
var request = new HttpRequestMessage(HttpMethod.Post, "${TOKEN}");
var form = new List<KeyValuePair<string, string>>
{
    new KeyValuePair<string, string>("grant_type", "client_credentials"),
    new("client_id", clientId),
};
form.Add(new KeyValuePair<string, string>("client_secret", "s3cret"));
request.Content = new FormUrlEncodedContent(form);
var response = await client.SendAsync(request);
var body = JsonSerializer.Deserialize<Token>(await response.Content.ReadAsStringAsync());`,
    posted(FIELDS, FORM),
  ],
  [
    'Basic and a base address',
    `var client = new HttpClient { BaseAddress = new Uri("https://id.example/") };
var credentials = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{id}:{"s3cret"}"));
var id = "reports";
client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("reports:s3cret")));
var values = new Dictionary<string, string> { { "grant_type", "client_credentials" }, { "scope", "read" } };
await client.PostAsync("/realms/app/protocol/openid-connect/token", new FormUrlEncodedContent(values));`,
    posted(BY_BASIC, BASIC, FORM),
  ],
  [
    'JSON',
    `var res = await http.PostAsJsonAsync("${TOKEN}", new { grant_type = "client_credentials", client_id = "reports", client_secret = "s3cret" });`,
    posted(JSON_FIELDS, JSON_TYPE),
  ],
  [
    'JSON that is serialized before',
    `var payload = new Dictionary<string, string>() { ["grant_type"] = "client_credentials", ["client_id"] = "reports", ["client_secret"] = "s3cret" };
var json = JsonConvert.SerializeObject(payload);
var content = new StringContent(json, Encoding.UTF8, "application/json");
var response = await new HttpClient().PostAsync("${TOKEN}", content);`,
    posted(JSON_FIELDS, JSON_TYPE),
  ],
  [
    'a string of another type',
    `var content = new StringContent("${FIELDS}", Encoding.UTF8, "text/plain");\nawait client.PostAsync("${TOKEN}", content);`,
    posted(FIELDS, ['Content-Type', 'text/plain']),
  ],
  [
    'parts',
    `var form = new MultipartFormDataContent();
form.Add(new StringContent("client_credentials"), "grant_type");
form.Add(new StringContent("reports"), "client_id");
form.Add(new StringContent("s3cret"), "client_secret");
await client.PostAsync("${TOKEN}", form);`,
    parts,
  ],
  [
    'RestSharp',
    `var client = new RestClient("${TOKEN}");
var request = new RestRequest();
request.Method = Method.Post;
request.AddHeader("content-type", "application/x-www-form-urlencoded");
request.AddParameter("grant_type", "client_credentials");
request.AddParameter("client_id", "reports");
request.AddParameter("client_secret", "s3cret");
var response = client.Execute(request);`,
    posted(FIELDS, ['content-type', FORM[1]]),
  ],
  [
    "RestSharp, as Postman's code has it",
    `var client = new RestClient("${TOKEN}");
var request = new RestRequest(Method.POST);
request.AddParameter("application/x-www-form-urlencoded", "${FIELDS}", ParameterType.RequestBody);
IRestResponse response = client.Execute(request);`,
    posted(FIELDS, FORM),
  ],
];

const jvm: readonly Row[] = [
  [
    'java.net.http with another type',
    `HttpRequest request = HttpRequest.newBuilder(URI.create("${TOKEN}"))
    .header("Content-Type", "application/json")
    .POST(HttpRequest.BodyPublishers.ofString("${FIELDS}"))
    .build();
HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(response.statusCode() + " " + response.body());`,
    posted(FIELDS, JSON_TYPE),
  ],
  [
    'java.net.http, strings joined, without a type',
    `private static final String CLIENT_ID = "reports";
String clientSecret = "s3cret";
String form = "grant_type=client_credentials"
    + "&client_id=" + URLEncoder.encode(CLIENT_ID, StandardCharsets.UTF_8)
    + "&client_secret=" + clientSecret;
var request = HttpRequest.newBuilder().uri(URI.create(ISSUER + "/protocol/openid-connect/token"))
    .POST(HttpRequest.BodyPublishers.ofString(form)).build();
static final String ISSUER = "https://id.example/realms/app";`,
    posted(FIELDS),
  ],
  [
    'a map that is encoded by hand',
    `Map<String, String> params = Map.of("grant_type", "client_credentials", "client_id", "reports", "client_secret", "s3cret");
String form = params.entrySet().stream()
    .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
    .collect(Collectors.joining("&"));
HttpRequest request = HttpRequest.newBuilder(URI.create("${TOKEN}"))
    .header("Content-Type", "application/x-www-form-urlencoded")
    .header("Accept", "application/json")
    .POST(HttpRequest.BodyPublishers.ofString(form)).build();`,
    posted(FIELDS, FORM, ['Accept', 'application/json']),
  ],
  [
    'RestTemplate',
    `RestTemplate restTemplate = new RestTemplate();
HttpHeaders headers = new HttpHeaders();
headers.setContentType(MediaType.APPLICATION_FORM_URLENCODED);
headers.setBasicAuth("reports", "s3cret");
MultiValueMap<String, String> map = new LinkedMultiValueMap<>();
map.add("grant_type", "client_credentials");
map.add("scope", "read");
HttpEntity<MultiValueMap<String, String>> entity = new HttpEntity<>(map, headers);
ResponseEntity<String> response = restTemplate.postForEntity("${TOKEN}", entity, String.class);`,
    posted(BY_BASIC, BASIC, FORM),
  ],
  [
    'RestTemplate with a plain map, which is JSON',
    `Map<String, String> body = new HashMap<>();
body.put("grant_type", "client_credentials");
body.put("client_id", "reports");
body.put("client_secret", "s3cret");
Token token = new RestTemplate().postForObject("${TOKEN}", body, Token.class);`,
    posted(JSON_FIELDS, JSON_TYPE),
  ],
  [
    'WebClient',
    `return WebClient.create("https://id.example").post()
    .uri("/realms/app/protocol/openid-connect/token")
    .headers(h -> h.setBasicAuth("reports", "s3cret"))
    .body(BodyInserters.fromFormData("grant_type", "client_credentials").with("scope", "read"))
    .retrieve().bodyToMono(String.class);`,
    posted(BY_BASIC, BASIC, FORM),
  ],
  [
    'OkHttp',
    `OkHttpClient client = new OkHttpClient();
RequestBody body = new FormBody.Builder()
    .add("grant_type", "client_credentials")
    .add("client_id", "reports")
    .add("client_secret", "s3cret")
    .build();
Request request = new Request.Builder().url("${TOKEN}").post(body).addHeader("X-Trace", "1").build();
Response response = client.newCall(request).execute();`,
    posted(FIELDS, ['X-Trace', '1'], FORM),
  ],
  [
    'OkHttp in Kotlin',
    `val client = OkHttpClient()
val clientId: String = "reports"
val request = Request.Builder()
    .url("${TOKEN}")
    .header("Authorization", Credentials.basic(clientId, "s3cret"))
    .post(FormBody.Builder().add("grant_type", "client_credentials").add("scope", "read").build())
    .build()
client.newCall(request).execute().use { println(it.body?.string()) }`,
    posted(BY_BASIC, BASIC, FORM),
  ],
  [
    'parts of OkHttp',
    `OkHttpClient client = new OkHttpClient();
RequestBody body = new MultipartBody.Builder().setType(MultipartBody.FORM)
  .addFormDataPart("grant_type","client_credentials")
  .addFormDataPart("client_id","reports")
  .addFormDataPart("client_secret","s3cret")
  .build();
Request request = new Request.Builder().url("${TOKEN}").method("POST", body).build();`,
    parts,
  ],
  [
    'Apache HttpClient',
    `HttpPost post = new HttpPost("${TOKEN}");
post.setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(("reports" + ":" + "s3cret").getBytes()));
List<NameValuePair> params = new ArrayList<>();
params.add(new BasicNameValuePair("grant_type", "client_credentials"));
params.add(new BasicNameValuePair("scope", "read"));
post.setEntity(new UrlEncodedFormEntity(params));
CloseableHttpResponse response = client.execute(post);`,
    posted(BY_BASIC, BASIC, FORM),
  ],
  [
    'HttpURLConnection',
    `HttpURLConnection con = (HttpURLConnection) new URL("${TOKEN}").openConnection();
con.setRequestMethod("POST");
con.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
con.setDoOutput(true);
String data = String.format("grant_type=client_credentials&client_id=%s&client_secret=%s", "reports", "s3cret");
con.getOutputStream().write(data.getBytes());
int status = con.getResponseCode();`,
    posted(FIELDS, FORM),
  ],
];

const go: readonly Row[] = [
  [
    'PostForm',
    `resp, err := http.PostForm("${TOKEN}", url.Values{
	"grant_type":    {"client_credentials"},
	"client_id":     {"reports"},
	"client_secret": []string{"s3cret"},
})
if err != nil {
	log.Fatal(err)
}`,
    posted(FIELDS, FORM),
  ],
  [
    'a request with its header',
    `package main

const tokenURL = "${TOKEN}"

func main() {
	clientID := "reports"
	data := url.Values{}
	data.Set("grant_type", "client_credentials")
	data.Set("client_id", clientID)
	data.Add("client_secret", "s3cret")
	req, err := http.NewRequest("POST", tokenURL, strings.NewReader(data.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := http.DefaultClient.Do(req)
	api, _ := http.NewRequest("GET", "https://api.example/orders", nil)
	api.Header.Set("Authorization", "Bearer "+token)
	http.DefaultClient.Do(api)
}`,
    posted(FIELDS, FORM),
  ],
  [
    'a request without it',
    `data := url.Values{}
data.Set("grant_type", "client_credentials")
data.Set("scope", "read")
req, _ := http.NewRequestWithContext(ctx, http.MethodPost, "${TOKEN}", strings.NewReader(data.Encode()))
req.SetBasicAuth("reports", "s3cret")
resp, err := client.Do(req)`,
    posted(BY_BASIC, BASIC),
  ],
  [
    'JSON',
    `payload, _ := json.Marshal(map[string]string{"grant_type": "client_credentials", "client_id": "reports", "client_secret": "s3cret"})
resp, err := http.Post("${TOKEN}", "application/json", bytes.NewBuffer(payload))`,
    posted(JSON_FIELDS, JSON_TYPE),
  ],
  [
    'a string',
    'payload := strings.NewReader(`' +
      FIELDS +
      '`)\nreq, _ := http.NewRequest("POST", "' +
      TOKEN +
      '", payload)\nreq.Header.Add("content-type", "application/x-www-form-urlencoded")\nres, _ := http.DefaultClient.Do(req)',
    posted(FIELDS, ['content-type', FORM[1]]),
  ],
];

const php: readonly Row[] = [
  [
    'curl',
    `$ch = curl_init();
curl_setopt($ch, CURLOPT_URL, '${TOKEN}');
curl_setopt($ch, CURLOPT_POST, 1);
curl_setopt($ch, CURLOPT_POSTFIELDS, http_build_query([
    'grant_type' => 'client_credentials',
    'client_id' => 'reports',
    'client_secret' => 's3cret',
]));
curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
echo curl_exec($ch);`,
    posted(FIELDS, FORM),
  ],
  [
    'curl with an array, which goes in parts',
    `$data = array(
    'grant_type' => 'client_credentials',
    'client_id' => 'reports',
    'client_secret' => 's3cret',
);
$ch = curl_init('${TOKEN}');
curl_setopt($ch, CURLOPT_POSTFIELDS, $data);
$result = json_decode(curl_exec($ch), true);`,
    parts,
  ],
  [
    'curl, options in an array, a user',
    `<?php
$curl = curl_init();
curl_setopt_array($curl, [
  CURLOPT_URL => '${TOKEN}',
  CURLOPT_CUSTOMREQUEST => 'POST',
  CURLOPT_USERPWD => 'reports:s3cret',
  CURLOPT_POSTFIELDS => '${BY_BASIC}',
  CURLOPT_HTTPHEADER => ['Content-Type: application/x-www-form-urlencoded', "X-Trace: 1"],
]);
$response = curl_exec($curl);`,
    posted(BY_BASIC, FORM, ['X-Trace', '1'], BASIC),
  ],
  [
    'Guzzle',
    `$response = $client->post('${TOKEN}', [
    'headers' => ['X-Trace' => '1'],
    'form_params' => [
        'grant_type' => 'client_credentials',
        'client_id' => 'reports',
        'client_secret' => 's3cret',
    ],
]);`,
    posted(FIELDS, ['X-Trace', '1'], FORM),
  ],
  [
    'Guzzle, JSON',
    `$client = new \\GuzzleHttp\\Client(['base_uri' => 'https://id.example']);
$res = $client->request('POST', '/realms/app/protocol/openid-connect/token', ['json' => ['grant_type' => 'client_credentials', 'client_id' => 'reports', 'client_secret' => 's3cret']]);`,
    posted(JSON_FIELDS, JSON_TYPE),
  ],
  [
    'Guzzle, parts',
    `$client = new GuzzleHttp\\Client();
$client->request('POST', '${TOKEN}', ['multipart' => [
  ['name' => 'grant_type', 'contents' => 'client_credentials'],
  ['name' => 'client_id', 'contents' => 'reports'],
  ['name' => 'client_secret', 'contents' => 's3cret'],
]]);`,
    parts,
  ],
  [
    'Guzzle, a query and a user',
    `$client->post("$issuer/protocol/openid-connect/token", ['auth' => ['reports', 's3cret'], 'query' => ['grant_type' => 'client_credentials']]);
$issuer = 'https://id.example/realms/app';`,
    { method: 'POST', url: `${TOKEN}?grant_type=client_credentials`, headers: [BASIC], body: undefined },
  ],
  [
    'Laravel',
    `$secret = 's3cret';
$response = Http::asForm()->withHeaders(['X-Trace' => '1'])->post('${TOKEN}', [
    'grant_type' => 'client_credentials',
    'client_id' => "reports",
    'client_secret' => $secret,
]);`,
    posted(FIELDS, ['X-Trace', '1'], FORM),
  ],
  [
    'Laravel without asForm, which is JSON',
    `$response = Http::post('${TOKEN}', ['grant_type' => 'client_credentials', 'client_id' => 'reports', 'client_secret' => 's3cret']);`,
    posted(JSON_FIELDS, JSON_TYPE),
  ],
];

const ruby: readonly Row[] = [
  [
    'Net::HTTP',
    `uri = URI('${TOKEN}')
req = Net::HTTP::Post.new(uri)
req.basic_auth 'reports', 's3cret'
req.set_form_data('grant_type' => 'client_credentials', 'scope' => 'read')
res = Net::HTTP.start(uri.hostname, uri.port, use_ssl: true) { |http| http.request(req) }
puts res.code, res.body`,
    posted(BY_BASIC, BASIC, FORM),
  ],
  [
    'post_form',
    `res = Net::HTTP.post_form(URI('${TOKEN}'), 'grant_type' => 'client_credentials', 'client_id' => 'reports', 'client_secret' => 's3cret')`,
    posted(FIELDS, FORM),
  ],
  [
    'JSON',
    `uri = URI.parse("${TOKEN}")
request = Net::HTTP::Post.new(uri)
request["Content-Type"] = "application/json"
request.body = { grant_type: "client_credentials", client_id: "reports", client_secret: "s3cret" }.to_json
response = http.request(request)`,
    posted(JSON_FIELDS, JSON_TYPE),
  ],
  [
    'Faraday',
    `conn = Faraday.new(url: 'https://id.example') do |f|
  f.request :url_encoded
  f.request :authorization, :basic, 'reports', 's3cret'
end
response = conn.post('/realms/app/protocol/openid-connect/token', { grant_type: 'client_credentials', scope: 'read' })`,
    posted(BY_BASIC, BASIC, FORM),
  ],
  [
    'HTTParty',
    `client_id = 'reports'
response = HTTParty.post("${TOKEN}",
  headers: { 'X-Trace' => '1' },
  body: {
    grant_type: 'client_credentials',
    client_id: client_id,
    :client_secret => "s3cret"
  })
puts response.code`,
    posted(FIELDS, ['X-Trace', '1'], FORM),
  ],
  [
    'RestClient',
    `RestClient.post '${TOKEN}', {grant_type: 'client_credentials', client_id: 'reports', client_secret: 's3cret'}`,
    posted(FIELDS, FORM),
  ],
];

const languages = { 'C#': csharp, 'Java and Kotlin': jvm, Go: go, PHP: php, Ruby: ruby };

describe.each(Object.entries(languages))('A request in %s', (_language, rows) => {
  it.each(rows)('is read: %s', (_what, text, request) => {
    const [exchange, ...others] = readPaste(text);
    expect(others).toEqual([]);
    expect(exchange?.request).toEqual(request);
  });

  it.each(rows)('has the answer below, and nothing of it: %s', (_what, text, request) => {
    const [exchange] = readPaste(text + ANSWER);
    expect(exchange?.request).toEqual(request);
    expect(exchange?.answer).toMatchObject({ status: 401, text: ANSWER.slice(6) });
  });
});

const requestOf = (text: string) => readPaste(text)[0]?.request;
const bodyOf = (text: string): string => Object(requestOf(text)?.body).text as string;

describe('What a program does not say', () => {
  it.each([
    [
      'variables, settings and choices',
      `await http.PostAsync($"{_base}/realms/app/protocol/openid-connect/token", new FormUrlEncodedContent(new[] {
  new KeyValuePair<string, string>("grant_type", "authorization_code"),
  new KeyValuePair<string, string>("code", code),
  new KeyValuePair<string, string>("client_id", _config["Keycloak:ClientId"]),
  new KeyValuePair<string, string>("client_secret", Environment.GetEnvironmentVariable("KC_SECRET")),
  new KeyValuePair<string, string>("redirect_uri", isDev ? "http://localhost" : "https://x"),
}));`,
      ['${_base}', '${code}', '${ClientId}', '${KC_SECRET}', '${value}'],
    ],
    [
      'a header that is made elsewhere',
      `headers.add(HttpHeaders.AUTHORIZATION, "Basic " + encoded); MultiValueMap<String, String> form = new LinkedMultiValueMap<>(); form.add("grant_type", "password"); rest.postForEntity("${TOKEN}", new HttpEntity<>(form, headers), String.class);`,
      ['${encoded}'],
    ],
    [
      'a piece of a string',
      `HttpURLConnection con; sb.append("grant_type=password&client_id=").append(id); sb.append("&username=anna"); con = new URL("${TOKEN}").openConnection();`,
      ['${value}'],
    ],
    [
      'strings with holes',
      `uri = URI("${TOKEN}")\nrequest = Net::HTTP::Post.new(uri)\nrequest.body = "grant_type=client_credentials&client_id=#{ENV['ID']}&client_secret=#{secret}"`,
      ['${value}', '${secret}'],
    ],
    [
      'what is put together while it runs',
      `<?php $secret = 'a'; $secret .= $salt; $client->post('${TOKEN}', ['form_params' => ['grant_type' => 'x', 'client_secret' => $secret, 'code' => $_GET['code']]]);`,
      ['${secret}', '${code}'],
    ],
  ])('is unknown: %s', (_what, text, filledIn) => {
    expect(requestOf(text)?.filledIn).toEqual(filledIn);
    for (const each of filledIn.slice(1))
      expect(decodeURIComponent(bodyOf(text).replaceAll('+', ' '))).toContain(each);
  });

  it('is what another request has', () => {
    const text = `c.DefaultRequestHeaders.Add("X-Always", "1");
message.Headers.Add("X-First", "1");
await c.PostAsync("https://id.example/logout", new FormUrlEncodedContent(new Dictionary<string, string> { { "client_id", "web" }, { "refresh_token", "a" } }));
await c.PostAsync("${TOKEN}", new FormUrlEncodedContent(new Dictionary<string, string> { { "grant_type", "refresh_token" }, { "refresh_token", "b" } }));
other.Headers.Add("X-Last", "1");`;
    expect(requestOf(text)).toEqual(
      posted('grant_type=refresh_token&refresh_token=b', ['X-Always', '1'], FORM),
    );
  });

  it('is what a variable held before', () => {
    const text = `data := url.Values{"token": {"x"}}
http.PostForm("https://id.example/revoke", data)
data = url.Values{"grant_type": {"password"}}
data.Set("username", "anna")
http.PostForm("${TOKEN}", data)`;
    expect(requestOf(text)).toEqual(posted('grant_type=password&username=anna', FORM));
  });

  it.each([
    [
      'no address',
      `$ch = curl_init(TOKEN_URL); curl_setopt($ch, CURLOPT_POSTFIELDS, http_build_query(['grant_type' => 'password']));`,
    ],
    ['no body', `var res = await http.PostAsync("${TOKEN}", new FormUrlEncodedContent(form));`],
    [
      'settings of a library',
      `<?php $p = new \\League\\OAuth2\\Client\\Provider\\GenericProvider(['clientId' => 'a', 'clientSecret' => 'b', 'urlAccessToken' => '${TOKEN}']);`,
    ],
    [
      'properties of a library',
      `var client = new HttpClient(); await client.RequestClientCredentialsTokenAsync(new ClientCredentialsTokenRequest { Address = "${TOKEN}", ClientId = "a", ClientSecret = "b" });`,
    ],
    [
      'nothing that says how pairs are sent',
      `new HttpPost("${TOKEN}"); Map<String, String> m = Map.of("grant_type", "password"); post(m);`,
    ],
    ['an answer only', `new HttpClient(); "${TOKEN}"`],
  ])('makes it none: %s', (_what, text) => {
    const [exchange, ...others] = readPaste(text + ANSWER);
    expect(others).toEqual([]);
    expect(exchange?.request).toBeUndefined();
    expect(exchange?.answer?.text).toBe(ANSWER.slice(6));
  });

  it.each([
    '200 {"access_token":"a","refresh_token":"b","token_type":"Bearer"}',
    '400 {"grant_type":"x","error":"invalid_grant"}',
    '401 Unauthorized\n{"client_id":"web","refresh_token":"b"}',
    'HTTP/1.1 200 OK\n\ntake: {"grant_type":"password","username":"anna"}',
  ])('is not looked for in an answer: %s', (answer) => {
    const program = `String url = "${TOKEN}"; MultiValueMap<String, String> form = formOf(user);`;
    expect(requestOf(`${program}\n\n${answer}`)).toBeUndefined();
  });
});
