import type { AnswerPattern, Cause, KnownProvider } from '../cause.ts';
import { auth0 } from './auth0.ts';
import { authentik } from './authentik.ts';
import { cognito } from './cognito.ts';
import { entra } from './entra.ts';
import { entraB2c } from './entraB2c.ts';
import { google } from './google.ts';
import { hydra } from './hydra.ts';
import { okta } from './okta.ts';
import type { Saying } from './saying.ts';
import { spring } from './spring.ts';
import { zitadel } from './zitadel.ts';

/** What each provider says. Keycloak's words stand in the tables of the causes. */
export const sayings: { readonly [provider in KnownProvider]?: readonly Saying[] } = {
  auth0,
  authentik,
  cognito,
  entra: [...entra, ...entraB2c],
  google,
  hydra,
  okta,
  spring,
  zitadel,
};

/** The patterns of each cause. */
const patternsBy = (
  idsOf: (saying: Saying) => readonly string[],
): ReadonlyMap<string, readonly AnswerPattern[]> => {
  const patterns = new Map<string, AnswerPattern[]>();
  for (const [provider, said] of Object.entries(sayings) as [KnownProvider, readonly Saying[]][])
    for (const saying of said) {
      const { means: _means, orIfSeen: _orIfSeen, ...pattern } = saying;
      for (const id of idsOf(saying))
        patterns.set(id, [...(patterns.get(id) ?? []), { ...pattern, provider }]);
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
