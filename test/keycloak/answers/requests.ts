import { createHash, randomBytes } from 'node:crypto';
import type { HttpRequest } from '../../../src/cli/curl/httpRequest.ts';
import type { Fate } from './fates.ts';
import type { Gateway } from './gateways.ts';
import type { Making } from './row.ts';
import type { SignIn, Stage, Tokens } from './stage.ts';
import { planted } from './stage.ts';

/** The page of the rows: every client but `strict_client` and `admin-cli` allows it. */
const page = 'http://localhost:3000';

type Headers = HttpRequest['headers'];
/** `undefined` leaves a field out. */
type Form = Readonly<Record<string, string | undefined>>;

export const form: Headers[number] = ['Content-Type', 'application/x-www-form-urlencoded'];

const fromPage: Headers[number] = ['Origin', page];

export const basic = (user: string, secret: string): Headers[number] => [
  'Authorization',
  `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`,
];

/** The confidential client. */
export const server: SignIn = { client: 'my_server', secret: planted.secret };

/** The client that allows one page alone, which is not ours. */
export const strict: SignIn = { client: 'strict_client' };

const endpointOf = ({ url }: Pick<Stage, 'url'>, realm = 'app'): string =>
  `${url}/realms/${realm}/protocol/openid-connect/token`;

const pairsOf = (fields: Form): string[][] =>
  Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));

const formTo = (url: string, fields: Form): HttpRequest => ({
  method: 'POST',
  url,
  headers: [form, fromPage],
  body: { kind: 'raw', text: new URLSearchParams(pairsOf(fields)).toString() },
});

/** Who signs in, what befalls the tokens, and the realm that is asked. */
interface Story extends SignIn {
  readonly fate?: Fate;
  readonly to?: string;
}

type Change = Form | ((tokens: Tokens) => Form);

/** The refresh of a client, with changes to its form. */
export const refresh =
  (change: Change = {}, { fate, to, ...as }: Story = {}): Making =>
  async (stage) => {
    const first = await stage.signIn(as);
    const tokens = (await fate?.(stage, first, as)) ?? first;
    return formTo(endpointOf(stage, to ?? as.realm), {
      grant_type: 'refresh_token',
      client_id: as.client ?? 'my_client',
      refresh_token: tokens.refreshToken,
      ...(typeof change === 'function' ? change(tokens) : change),
    });
  };

/** Any other form. */
export const asking =
  (fields: Form, realm?: string): Making =>
  (stage) =>
    formTo(endpointOf(stage, realm), fields);

/** A sign-in with name and password, with changes to its form. */
export const password = (change: Form = {}, realm?: string): Making =>
  asking(
    {
      grant_type: 'password',
      client_id: 'my_client',
      username: 'user1',
      password: 'password',
      ...change,
    },
    realm,
  );

const back = 'http://localhost:3000/';

/** The exchange of a code that was really given out, with changes to its form. */
export const exchange =
  (change: Form = {}): Making =>
  async (stage) => {
    const verifier = randomBytes(32).toString('base64url');
    stage.keep(verifier);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const code = await stage.code({
      client_id: 'my_client',
      redirect_uri: back,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    return formTo(endpointOf(stage), {
      grant_type: 'authorization_code',
      client_id: 'my_client',
      code,
      redirect_uri: back,
      code_verifier: verifier,
      ...change,
    });
  };

/** The same request, changed. */
export const but =
  (
    making: Making,
    change: (request: HttpRequest, stage: Stage) => HttpRequest | Promise<HttpRequest>,
  ): Making =>
  async (stage) =>
    change(await making(stage), stage);

export const withHeaders = (making: Making, ...more: Headers): Making =>
  but(making, ({ headers, ...request }) => {
    const names = new Set(more.map(([name]) => name.toLowerCase()));
    return { ...request, headers: [...headers.filter(([name]) => !names.has(name.toLowerCase())), ...more] };
  });

export const without = (making: Making, header: string): Making =>
  but(making, ({ headers, ...request }) => ({
    ...request,
    headers: headers.filter(([name]) => name.toLowerCase() !== header.toLowerCase()),
  }));

const fieldsIn = ({ body }: HttpRequest): [string, string][] =>
  body?.kind === 'raw' ? [...new URLSearchParams(body.text)] : [];

type Write = (fields: [string, string][]) => string;

/** The fields written in another way. */
export const withText = (making: Making, write: Write): Making =>
  but(making, (request) => ({ ...request, body: { kind: 'raw', text: write(fieldsIn(request)) } }));

/** The same, and it says so. */
export const withBody = (making: Making, type: string, write: Write): Making =>
  withText(withHeaders(making, ['Content-Type', type]), write);

export const asMultipart = (making: Making): Making =>
  but(without(making, 'content-type'), (request) => ({
    ...request,
    body: { kind: 'multipart', parts: fieldsIn(request) },
  }));

/** A `FormData` body as the network panel of a browser shows it. */
export const asFormData = (making: Making): Making => {
  const boundary = '----WebKitFormBoundary7MA4YWxkTrZu0gW';
  const part = ([name, value]: [string, string]) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  return withBody(
    making,
    `multipart/form-data; boundary=${boundary}`,
    (fields) => `${fields.map(part).join('')}--${boundary}--\r\n`,
  );
};

export const asJson = (making: Making): Making =>
  withBody(making, 'application/json', (fields) => JSON.stringify(Object.fromEntries(fields)));

/** More at the end of the form, as it is written. */
export const withMore = (making: Making, more: string): Making =>
  withText(making, (fields) => `${new URLSearchParams(fields)}&${more}`);

/** The refresh with one of its fields under another name. */
export const renamed = (from: string, to: string): Making =>
  withText(refresh(), (fields) =>
    new URLSearchParams(fields.map(([name, value]) => [name === from ? to : name, value])).toString(),
  );

/** Moves fields from the form to the address. */
export const inAddress = (making: Making, isMoved: (name: string) => boolean): Making =>
  but(making, (request) => {
    const fields = fieldsIn(request);
    const query = new URLSearchParams(fields.filter(([name]) => isMoved(name)));
    const rest = new URLSearchParams(fields.filter(([name]) => !isMoved(name)));
    return { ...request, url: `${request.url}?${query}`, body: { kind: 'raw', text: rest.toString() } };
  });

/** Another address, made of the right one. */
export const at = (making: Making, change: (url: string, stage: Stage) => string | Promise<string>): Making =>
  but(making, async (request, stage) => ({ ...request, url: await change(request.url, stage) }));

/** The same request through a gateway. */
export const through = (making: Making, gateway: Gateway): Making =>
  at(making, async (url, stage) => url.replace(stage.url, await stage.behind(gateway)));

export const withoutBody = (making: Making): Making =>
  but(making, (request) => ({ ...request, body: undefined }));
