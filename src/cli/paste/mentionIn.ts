import type { EndpointKind, RequestMention } from '../../explain/failedGrant.ts';

const ASSERTION = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const field = (grant: string): string => String.raw`grant_?type["']?\s*[:=]\s*\\?["']?${grant}\b`;

type Named = readonly (readonly [grant: string, said: RegExp])[];

/** By its field, by an event of Keycloak, by what only this grant has. */
const fields: Named = [
  ['authorization_code', new RegExp(`${field('authorization_code')}|\\bCODE_TO_TOKEN`, 'i')],
  ['refresh_token', new RegExp(`${field('refresh_token')}|\\bREFRESH_TOKEN_ERROR`, 'i')],
  ['password', new RegExp(field('password'), 'i')],
  ['client_credentials', new RegExp(field('client_credentials'), 'i')],
  [ASSERTION, /\bjwt-bearer\b|\bsetSubject\(|\bwith_subject\(|\bServiceAccountCredentials\b/],
];

/** By what a person, or the name of a function, says is done. */
const activities: Named = [
  [
    'refresh_token',
    /\brefresh(?:ing)? (?:(?:the|my|an?|access) ){0,2}token\b|\brefresh(?:\(| method|ing\b)|\brefresh(?:Access)?Token\(/i,
  ],
  [
    'password',
    /\bresource owner (?:password|flow)|\busername["']?\s*(?:=>|[:=])[^]{0,500}\bpassword["']?\s*(?:=>|[:=])/i,
  ],
];

const namedIn = (text: string, named: Named): readonly string[] =>
  named.filter(([, said]) => said.test(text)).map(([grant]) => grant);

/** The only one that is named. */
const grantIn = (text: string): string | undefined => {
  const byField = namedIn(text, fields);
  const found = byField.length > 0 ? byField : namedIn(text, activities);
  return found.length === 1 ? found[0] : undefined;
};

/** Somebody who speaks of an API, and not of where its tokens come from. */
const API =
  /\bgoogleapi: |\bcall(?:ed|ing|s)?(?: \w+){0,2} (?:web ?)?API\b|\b(?:my|our|the) (?:web ?|resource ?)API\b|\bresource server\b/i;
const ISSUER =
  /\b(?:token|authorization|auth) (?:endpoint|request|server|url)\b|\/token\b|\boauth2: |\bgrant_?type\b/i;

/** Somebody who speaks of where a sign-out leads, and of nothing else. */
const SIGN_OUT = /\b(?:log|sign)(?:g?ing|g?ed)?[ -]?out(?:\b|_)/i;
const SIGN_IN = /\b(?:log|sign)(?:g?ing|g?ed)?[ -]?[io]n(?:\b|_)|token/i;

const isOfSignOut = (text: string): boolean => {
  const spoken = text.replaceAll(/\bhttps?:\/\/\S+/gi, ' ');
  return SIGN_OUT.test(spoken) && /redirect/i.test(spoken) && !SIGN_IN.test(spoken);
};

const endpointIn = (text: string): EndpointKind | undefined => {
  if (/\bUSER_INFO_REQUEST_ERROR\b/.test(text)) return 'userinfo';
  if (isOfSignOut(text)) return 'logout';
  return API.test(text) && !ISSUER.test(text) ? 'api' : undefined;
};

const MOST_CHARACTERS = 100_000;

/** What is said of a request in a text that holds none. */
export const mentionIn = (pasted: string): RequestMention => {
  const text = pasted.slice(0, MOST_CHARACTERS);
  const [url] = /\bhttps?:\/\/[^\s"'`<>\\)\]]{1,2000}/.exec(text) ?? [];
  return { grantType: grantIn(text), endpoint: endpointIn(text), url };
};
