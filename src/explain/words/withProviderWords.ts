import type { AnswerPattern } from '../answerPattern.ts';
import type { Cause, KnownProvider } from '../cause.ts';
import { auth0 } from './auth0.ts';
import { authentik } from './authentik.ts';
import { cognito } from './cognito.ts';
import { consoles } from './consoles.ts';
import { entra } from './entra.ts';
import { entraB2c } from './entraB2c.ts';
import { google } from './google.ts';
import { hints } from './hints.ts';
import { hydra } from './hydra.ts';
import { keycloakEvents } from './keycloakEvents.ts';
import { okta } from './okta.ts';
import { products } from './products.ts';
import type { Saying } from './saying.ts';
import { spring } from './spring.ts';
import { zitadel } from './zitadel.ts';

/** What each provider says. What Keycloak answers stands in the tables of the causes, here is what it logs. */
export const sayings: { readonly [provider in KnownProvider]?: readonly Saying[] } = {
  auth0,
  authentik,
  cognito,
  entra: [...entra, ...entraB2c],
  google,
  hydra,
  keycloak: keycloakEvents,
  okta,
  spring,
  zitadel,
};

const ofProviders = (Object.entries(sayings) as [KnownProvider, readonly Saying[]][]).flatMap(
  ([provider, said]) => said.map((saying) => Object.assign({ provider }, saying)),
);

const everybodys: readonly (Saying & { readonly provider?: KnownProvider })[] = [
  ...ofProviders,
  ...products,
  ...consoles,
  ...hints,
];

/** The patterns of each cause. */
const patternsBy = (
  idsOf: (saying: Saying) => readonly string[],
): ReadonlyMap<string, readonly AnswerPattern[]> => {
  const patterns = new Map<string, AnswerPattern[]>();
  for (const saying of everybodys) {
    const { means: _means, orIfSeen: _orIfSeen, ...pattern } = saying;
    for (const id of idsOf(saying)) patterns.set(id, [...(patterns.get(id) ?? []), pattern]);
  }
  return patterns;
};

const meant = patternsBy(({ means }) => means);
const meantIfSeen = patternsBy(({ orIfSeen = [] }) => orIfSeen);

const together = (
  own: readonly AnswerPattern[] | undefined,
  others: readonly AnswerPattern[] | undefined,
): readonly AnswerPattern[] | undefined => (others ? [...(own ?? []), ...others] : own);

/** A table of causes with what every provider says of them. */
export const withProviderWords = (causes: readonly Cause[]): readonly Cause[] =>
  causes.map((cause) => {
    const answers = together(cause.answers, meant.get(cause.id));
    const answersWithClue = together(cause.answersWithClue, meantIfSeen.get(cause.id));
    return {
      ...cause,
      ...(answers && { answers }),
      ...(answersWithClue && { answersWithClue }),
    };
  });
