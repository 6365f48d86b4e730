import { expect, inject } from 'vitest';

/** Each running server as a row for `describe.each`. */
export const servers = inject('keycloaks');

/** A token endpoint's answer. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Sends a form to a realm's token endpoint. */
export const askForTokens = async (
  issuer: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> => {
  const response = await fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

/** The claims of a JWT, unchecked. */
export const claimsOf = (token: unknown): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;

/** A life as the server states it: what is left of it, less where the server is slow. */
export const aboutSeconds = (life: number): unknown =>
  expect.toSatisfy((stated: number) => stated > life - 20 && stated <= life);
