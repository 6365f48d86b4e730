import { looksLikeToken } from './looksLikeToken.ts';

/** A name and a value, as they follow another where the separator was mistyped or a field holds an object. */
const JOINED = /[\s;,&{"']\s*[\w"']+\s*[=:]\s*["']?(?<value>[^\s"'&;,}]+)/g;

/** The values that were joined to another one: `web refresh_token=abc`. */
export const joinedIn = (text: string): readonly string[] =>
  [...text.matchAll(JOINED)].map(({ groups }) => groups?.['value'] ?? '');

/** Whether a text can be the id of a client and is nothing that must stay secret. */
export const isClientName = (text: string): boolean => !looksLikeToken(text) && joinedIn(text).length === 0;
