import type { Exchange } from '../exchange.ts';
import { isJson, type Json, listIn } from './documentsIn.ts';
import { plainYaml } from './plainYaml.ts';
import { readInsomnia } from './readInsomnia.ts';

const BEGINNING = /^\s*type:\s*["']?collection\.insomnia\.rest\/5/;

const DEEPEST = 20;

/** Folders have `children`. */
const requestsIn = (items: unknown, depth = 0): readonly Json[] =>
  depth > DEEPEST
    ? []
    : listIn(items).flatMap((item) =>
        Array.isArray(item['children']) ? requestsIn(item['children'], depth + 1) : [item],
      );

const environmentsIn = (base: unknown): readonly Json[] =>
  isJson(base) ? [base, ...listIn(base['subEnvironments'])] : [];

const ofType = (type: string, items: readonly Json[]): readonly Json[] =>
  items.map((item) => ({ ...item, _type: type }));

/** What Insomnia 5 exports, which has the names of its older JSON; `undefined`: it is none. */
export const readInsomniaYaml = (text: string): readonly Exchange[] | undefined => {
  if (!BEGINNING.test(text)) return undefined;
  const document = plainYaml(text);
  if (!isJson(document)) return undefined;
  return readInsomnia({
    resources: [
      ...ofType('environment', environmentsIn(document['environments'])),
      ...ofType('request', requestsIn(document['collection'])),
    ],
  });
};
