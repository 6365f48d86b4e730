import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cli, jwt, realm } from '../doctor/stage.ts';
import { forms, type Planted } from './forms.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Without the bias to the first letters, which would make words that are not random. */
const random = (length: number) =>
  fc
    .noBias(fc.array(fc.constantFrom(...letters.split('')), { minLength: length, maxLength: length }))
    .map((chars) => chars.join(''));

const tokens = fc.oneof(
  random(12).map((sub) => jwt({ sub, iss: 'https://id.example/realms/app', typ: 'Refresh', azp: 'web' })),
  random(48),
  random(20).map((text) => `opq-${text}`),
);
const secrets = fc.oneof(
  random(32),
  random(16),
  random(10).map((text) => `correct-horse-${text}`),
);

const formsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64'),
  Buffer.from(`web:${secret}`).toString('base64'),
  ...(secret.startsWith('eyJ') ? secret.split('.').slice(1) : []),
];

const expectHidden = (printed: string, { token, secret }: Planted): void => {
  for (const written of [...formsOf(token), ...formsOf(secret)])
    expect(printed.includes(written), `${written} in ${printed}`).toBe(false);
};

const printedOf = async (args: readonly string[], stdin: string): Promise<string> => {
  const { out, err } = await cli(['doctor', ...args], { stdin });
  expect(out + err).not.toBe('');
  return out + err;
};

const url = 'https://id.example/realms/app/protocol/openid-connect/token';

describe.each(Object.entries(forms))('No secret is printed of %s', (_name, form) => {
  it('whether it is read or cut off', async () => {
    const cases = fc.tuple(
      tokens,
      secrets,
      fc.constantFrom([], ['--json'], ['--request', '2']),
      fc.double({ min: 0.3, max: 2, noNaN: true }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([token, secret, args, share]) => {
        const planted = { url, token, secret };
        const text = form(planted);
        const cut = text.slice(0, Math.floor(text.length * share));
        expectHidden(await printedOf(['--offline', ...args], cut), planted);
      }),
      { numRuns: 40 },
    );
  });

  it('nor of what a server says back, nor does any of it reach another host', async () => {
    const { endpoint } = await realm((_fields, { body, headers }) => [
      400,
      { error: 'invalid_client', error_description: `${body} ${String(headers['authorization'])}` },
    ]);
    const planted = {
      url: endpoint,
      token: jwt({ typ: 'Refresh', sub: 'x' }),
      secret: 'Zq9f8e7d6c5b4a39281706',
    };
    const hosts = new Set<string>();
    const watched: typeof fetch = async (address, init) => {
      hosts.add(new URL(address instanceof Request ? address.url : address).host);
      return fetch(address, init);
    };
    for (const mode of [[], ['--json']]) {
      const { out, err } = await cli(['doctor', ...mode], { stdin: form(planted), fetch: watched });
      expectHidden(out + err, planted);
    }
    const named = new Set([new URL(endpoint).host, 'id.example']);
    expect([...hosts].filter((host) => !named.has(host))).toEqual([]);
  });
});
