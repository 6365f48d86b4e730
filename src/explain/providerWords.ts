import type { Cause, KnownProvider } from './cause.ts';

/** Keycloak's words are told in "Looks like". */
const names: Readonly<Partial<Record<KnownProvider, string>>> = {
  auth0: 'Auth0',
  authentik: 'authentik',
  cognito: 'Cognito',
  entra: 'Entra',
  google: 'Google',
  hydra: 'Hydra',
  okta: 'Okta',
  spring: 'Spring',
  zitadel: 'Zitadel',
};

/** A code stands as one, a sentence in quotation marks. */
const shown = (words: string): string => {
  const code = /AADSTS\d+/.exec(words)?.[0];
  if (code || /^[\w.]+$/.test(words)) return `\`${code ?? words}\``;
  return `"${words.replaceAll('"', "'").trim()}…"`;
};

const wordsOf = ({ answers = [] }: Cause, provider: string): string => {
  const theirs = answers.filter((answer) => answer.provider === provider);
  const words = theirs.flatMap((answer) => answer.words ?? answer.within ?? [answer.error ?? '']);
  return [...new Set(words.map(shown))].join(', ');
};

/** How providers other than Keycloak say it; empty if none is known. */
export const providerWords = (cause: Cause): string => {
  const said = Object.entries(names)
    .map(([provider, name]) => [name, wordsOf(cause, provider)])
    .filter(([, words]) => words);
  return said.map((parts) => parts.join(' ')).join('; ');
};
