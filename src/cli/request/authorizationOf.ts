import type { HttpRequest } from '../curl/httpRequest.ts';
import { headerOf } from './headerOf.ts';

/** What an `Authorization` header says. */
export interface Authorization {
  /** As written; empty: there is none, only credentials. */
  readonly scheme: string;
  readonly credentials: string;
  readonly basic?: BasicCredentials | undefined;
}

/** The user and the password of a Basic header. */
interface BasicCredentials {
  readonly user: string;
  readonly password: string;
}

const SCHEMES = /^(basic|bearer|dpop|digest|negotiate|ntlm|mac|hoba|hawk|oauth)\s+([^]*)$/i;

const basicOf = (credentials: string): BasicCredentials | undefined => {
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  const at = text.indexOf(':');
  return at === -1 ? undefined : { user: text.slice(0, at), password: text.slice(at + 1) };
};

/** What the `Authorization` header says; `undefined`: there is none. */
export const authorizationOf = (request: HttpRequest): Authorization | undefined => {
  const header = headerOf(request, 'authorization')?.trim();
  if (header === undefined) return undefined;
  const [, scheme, credentials = ''] = SCHEMES.exec(header) ?? [];
  if (scheme === undefined) return { scheme: '', credentials: header };
  return { scheme, credentials, basic: /^basic$/i.test(scheme) ? basicOf(credentials) : undefined };
};
