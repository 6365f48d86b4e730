import type { HttpRequest } from '../../../../src/cli/curl/httpRequest.ts';

export const url = 'http://localhost:8080/realms/my_realm/protocol/openid-connect/token';
export const FORM = ['Content-Type', 'application/x-www-form-urlencoded'] as const;

/** A form as a browser sends it. */
export const formRequest = (
  fields: Readonly<Record<string, string>> | string,
  headers: HttpRequest['headers'] = [],
): HttpRequest => ({
  method: 'POST',
  url,
  headers: [FORM, ...headers],
  body: { kind: 'raw', text: new URLSearchParams(fields).toString() },
});

const inBase64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A signature of nobody, as long as one. */
const signature = Buffer.alloc(64, 'signature-of-nobody').toString('base64url');

/** A JWT with a signature that is none. */
export const jwtOf = (claims: object, header: object = { alg: 'HS512', typ: 'JWT' }): string =>
  `${inBase64(header)}.${inBase64(claims)}.${signature}`;

export const basicOf = (user: string, password: string): readonly [string, string] => [
  'Authorization',
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
];
