import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CliError } from '../../../../src/cli/cliError.ts';
import type { HttpRequest } from '../../../../src/cli/curl/httpRequest.ts';
import { maskFor } from '../../../../src/cli/curl/mask.ts';
import { parseCurl } from '../curl/parseCurl.ts';
import { toCurl } from '../../../../src/cli/curl/toCurl.ts';
import { correctedRequest } from '../../../../src/cli/request/correctedRequest.ts';
import { requestShapeOf } from '../../../../src/cli/request/requestShapeOf.ts';
import { bashQuoted } from '../../../../src/cli/curl/shell/bashQuoted.ts';
import { basicOf, FORM, jwtOf, url } from './requests.ts';

type Fields = readonly (readonly [name: string, value: string])[];

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Without the bias to the first letters, which would make words that are not random. */
const random = (length: number) =>
  fc
    .noBias(fc.array(fc.constantFrom(...letters.split('')), { minLength: length, maxLength: length }))
    .map((chars) => chars.join(''));

/** What is known for a secret by its looks, wherever it stands. */
const token = fc.oneof(
  random(12).map((sub) => jwtOf({ sub, iss: 'http://issuer' })),
  random(48),
  random(200),
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'.split('')), minLength: 64, maxLength: 64 }),
);

/** What is known for one by its place alone. */
const secret = fc.oneof(
  token,
  random(32),
  fc
    .string({
      unit: fc.constantFrom(...'correct horse!$&=%+"\'\\@:;äß'.split('')),
      minLength: 12,
      maxLength: 20,
    })
    .map((words) => `Xq${words}Zq`),
);

const secretName = fc.constantFrom(
  'refresh_token',
  'client_secret',
  'password',
  'code',
  'code_verifier',
  'client_assertion',
  'clientSecret',
  'refeshToken',
  'id_token_hint',
  'totp',
  'device_code',
);
const unknownName = fc.constantFrom('username', 'pin', 'x', '', 'passwort');

const quiet: Fields = [
  ['grant_type', 'refresh_token'],
  ['client_id', 'my_client'],
];

const bodies: readonly ((fields: Fields) => Pick<HttpRequest, 'headers' | 'body'>)[] = [
  (fields) => ({
    headers: [FORM],
    body: { kind: 'raw', text: new URLSearchParams(fields.map(([...field]) => field)).toString() },
  }),
  (parts) => ({ headers: [], body: { kind: 'multipart', parts } }),
  (fields) => ({ headers: [], body: { kind: 'raw', text: JSON.stringify(Object.fromEntries(fields)) } }),
  (fields) => ({
    headers: [],
    body: { kind: 'raw', text: JSON.stringify({ outer: [Object.fromEntries(fields)] }) },
  }),
  (fields) => ({
    headers: [FORM],
    body: { kind: 'raw', text: JSON.stringify(Object.fromEntries(fields)).slice(0, -1) },
  }),
  (fields) => ({
    headers: [FORM],
    body: { kind: 'raw', text: fields.map(([name, value]) => `${name}: ${value}`).join('\n') },
  }),
  (fields) => ({
    headers: [['Content-Type', 'multipart/form-data; boundary=b']],
    body: {
      kind: 'raw',
      text: `${fields.map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}`).join('\r\n')}\r\n--b--`,
    },
  }),
];

type Plant = (planted: string) => HttpRequest;

const inBody =
  (make: (typeof bodies)[number], fields: (planted: string) => Fields): Plant =>
  (planted) => ({
    method: 'POST',
    url,
    ...make([...quiet, ...fields(planted)]),
  });

const withHeader =
  (header: (planted: string) => readonly [string, string]): Plant =>
  (planted) => {
    const request = inBody(bodies[0]!, () => [])(planted);
    return { ...request, headers: [...request.headers, header(planted)] };
  };

const withAddress =
  (address: (planted: string) => string): Plant =>
  (planted) => ({
    ...inBody(bodies[0]!, () => [])(planted),
    url: address(planted),
  });

const anyBody = fc.constantFrom(...bodies);
/** Those in which fields can be found. */
const readableBody = fc.constantFrom(bodies[0]!, bodies[1]!, bodies[2]!, bodies.at(-1)!);

/** A secret stands where it belongs, or in a place that is masked whatever stands there. */
const hidingPlace: fc.Arbitrary<Plant> = fc.oneof(
  fc.tuple(anyBody, secretName).map(([make, name]) => inBody(make, (planted) => [[name, planted]])),
  fc.tuple(anyBody, unknownName).map(([make, name]) => inBody(make, (planted) => [[name, planted]])),
  fc.constantFrom<Plant>(
    withHeader((planted) => ['Authorization', `Bearer ${planted}`]),
    withHeader((planted) => ['Authorization', planted]),
    withHeader((planted) => ['authorization', `Own ${planted}`]),
    withHeader((planted) => basicOf('my_client', planted)),
    withHeader((planted) => ['Cookie', `a=b; sid=${planted}`]),
    withHeader((planted) => ['X-Api-Key', planted]),
    withHeader((planted) => ['DPoP', planted]),
    withHeader((planted) => ['User-Agent', planted]),
    withHeader((planted) => ['Referer', `http://localhost:3000/?x=${planted}`]),
    withAddress((planted) => `${url}?client_secret=${encodeURIComponent(planted)}`),
    withAddress((planted) => `${url}?${encodeURIComponent(planted)}`),
    withAddress((planted) => `${url}?x=${encodeURIComponent(planted)}&grant_type=a`),
    withAddress((planted) => `${url}#${encodeURIComponent(planted)}`),
    withAddress((planted) => `${url};x=${encodeURIComponent(planted)}`),
    withAddress((planted) => url.replace('://', `://me:${encodeURIComponent(planted)}@`)),
  ),
);

/** A token stands where something open should. */
const openPlace: fc.Arbitrary<Plant> = fc.oneof(
  fc
    .tuple(
      anyBody,
      fc.constantFrom('client_id', 'clientId', 'grant_type', 'scope', 'redirect_uri', 'audience'),
    )
    .map(([make, name]) => inBody(make, (planted) => [[name, planted]])),
  anyBody.map((make) => inBody(make, (planted) => [['scope', `openid ${planted} profile`]])),
  anyBody.map((make) =>
    inBody(make, (planted) => [['redirect_uri', `http://a/cb/${planted}?code=${planted}#${planted}`]]),
  ),
  anyBody.map((make) => inBody(make, (planted) => [[planted, 'x']])),
  anyBody.map((make) => inBody(make, (planted) => [[`"${planted}`, '']])),
  fc.constantFrom<Plant>(
    (planted) => ({ method: 'POST', url, headers: [FORM], body: { kind: 'raw', text: planted } }),
    (planted) => ({ method: planted, url, headers: [FORM] }),
    withHeader((planted) => [planted, 'x']),
    withHeader((planted) => ['Content-Type', planted]),
    withHeader((planted) => ['Content-Type', `multipart/form-data; boundary=${planted}`]),
    withHeader((planted) => ['Origin', planted]),
    withHeader((planted) => ['Origin', `http://${planted}.example`]),
    withHeader((planted) => ['Accept', planted]),
    withHeader((planted) => basicOf(planted, '')),
    withHeader((planted) => basicOf(planted, 'x')),
    withHeader((planted) => ['Authorization', `Basic ${planted}`]),
    withAddress((planted) => url.replace('my_realm', planted)),
    withAddress((planted) => `${url}/${planted}/x`),
    withAddress((planted) => `http://${planted}/x`),
    withAddress((planted) => `${url}?${planted}=x`),
    withAddress((planted) => `not an address ${planted}`),
  ),
);

const base64 = (text: string) => Buffer.from(text).toString('base64');
const formsOf = (planted: string): readonly string[] => [
  planted,
  encodeURIComponent(planted),
  new URLSearchParams([['', planted]]).toString().slice(1),
  JSON.stringify(planted).slice(1, -1),
  bashQuoted(planted).slice(1, -1),
  planted.replaceAll(/["\\]/g, String.raw`\$&`),
  base64(planted),
  base64(`my_client:${planted}`),
];

const expectHidden = (printed: string, planted: string): void => {
  const lower = printed.toLowerCase();
  for (const form of formsOf(planted))
    expect(lower.includes(form.toLowerCase()), `${form} in ${printed}`).toBe(false);
};

/** What is said of a command that cannot be read; nothing of one that can. Other errors fail the test. */
const messageOf = (text: string): string => {
  try {
    parseCurl(text);
    return '';
  } catch (error) {
    if (error instanceof CliError) return error.message;
    throw error;
  }
};

const printedOf = (request: HttpRequest): string =>
  [
    JSON.stringify(requestShapeOf(request)),
    toCurl(request),
    toCurl(correctedRequest(request), maskFor(request)),
  ].join('\n');

describe('A secret is in nothing that is printed of a request', () => {
  it('where it belongs, or beside', () => {
    fc.assert(
      fc.property(secret, hidingPlace, (planted, plant) => {
        expectHidden(printedOf(plant(planted)), planted);
      }),
      { numRuns: 700 },
    );
  });

  it('nor where a name should be, if it looks like a token', () => {
    fc.assert(
      fc.property(token, openPlace, (planted, plant) => {
        expectHidden(printedOf(plant(planted)), planted);
      }),
      { numRuns: 700 },
    );
  });

  it('nor where a name should be, if it is a secret elsewhere in the request', () => {
    const both = fc.tuple(
      openPlace,
      readableBody,
      fc.constantFrom('refresh_token', 'password', 'client_secret'),
    );
    fc.assert(
      fc.property(random(16), both, (planted, [plant, make, name]) => {
        const { method, url: address, headers } = plant(planted);
        const { body } = make([
          ['client_id', planted],
          ['scope', planted],
          [planted, 'x'],
          [name, planted],
        ]);
        expectHidden(printedOf({ method, url: address, headers, body }), planted);
      }),
      { numRuns: 300 },
    );
  });

  it('nor where id and secret have changed places', () => {
    fc.assert(
      fc.property(random(32), anyBody, (planted, make) => {
        const fields = [
          ['client_id', planted],
          ['client_secret', 'my_client'],
        ] as const;
        const { headers, body } = make(fields);
        expectHidden(JSON.stringify(requestShapeOf({ method: 'POST', url, headers, body })), planted);
      }),
    );
  });

  it('nor in the message of what cannot be read', () => {
    const words = fc.array(
      fc.constantFrom(
        '-d',
        '-H',
        '-X',
        '-F',
        '-u',
        '--url',
        '--data-urlencode',
        '@',
        "'",
        '"',
        '$(',
        '\\',
        '-G',
        '--json',
        'http://h',
        'PLANTED',
        "'PLANTED",
        '@PLANTED',
        '--PLANTED',
        '-XPLANTED',
        'ftp://PLANTED',
        '{{PLANTED',
      ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(
        token,
        words,
        fc.constantFrom('curl', 'curl.exe ^"x^"', 'fetch("', 'POST http://'),
        (planted, said, head) => {
          const text = [head, ...said].join(' ').replaceAll('PLANTED', planted);
          const message = messageOf(text);
          expectHidden(message, planted);
          expect(message).not.toContain('\n');
        },
      ),
      { numRuns: 700 },
    );
  });
});

describe('What is no secret is shown', () => {
  it.each([
    'my_client',
    'admin-cli',
    'MyCompanyFrontendClient',
    'a-portal-with-a-rather-long-name-for-production-2025',
    '0a9d4a6c-5b7c-4a51-9c1e-2f4c9f0a7f11',
    'https://client.example/with/an/address',
    'kbyuFDidLLm280LIwVFiazOqjO3ty8KH',
    '0oa1b2c3d4E5f6G7h8i9',
  ])('a client called %s', (clientId) => {
    const request: HttpRequest = {
      method: 'POST',
      url,
      ...bodies[0]!([
        ['client_id', clientId],
        ['client_secret', 'hZ8kP2vN5xQ9rT3wY6bC1dF4gJ7mL0sA'],
        ['password', 'admin'],
      ]),
    };
    expect(requestShapeOf(request).clientId).toBe(clientId);
    expect(toCurl(request)).toContain(`'client_id=${clientId}'`);
  });

  it('the address of a realm that is called like a password', () => {
    const request: HttpRequest = { method: 'POST', url, ...bodies[0]!([['password', 'my_realm']]) };
    expect(requestShapeOf(request).url).toBe(url);
    expect(toCurl(request)).toContain(url);
  });
});
