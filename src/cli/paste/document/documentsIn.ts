import { balancedEnd } from '../answer/balancedEnd.ts';

/** A JSON object, whatever is in it. */
export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parsed = (text: string): Json | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const MOST_DOCUMENTS = 20;

/** The JSON objects that a text consists of, one below the other; `undefined`: there is something else in it. */
export const documentsIn = (text: string): readonly Json[] | undefined => {
  const documents: Json[] = [];
  let rest = text.trim();
  while (rest !== '' && documents.length < MOST_DOCUMENTS) {
    const end = rest.startsWith('{') ? balancedEnd(rest, 0) : -1;
    const document = end === -1 ? undefined : parsed(rest.slice(0, end));
    if (!document) return undefined;
    documents.push(document);
    rest = rest.slice(end).trim();
  }
  return documents;
};

/** The objects of a list; none, if it is none. */
export const listIn = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

export const textIn = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
};

/** Pairs as tools write them: a list of objects with a name and a value. What is switched off is not sent. */
export const pairsIn = (value: unknown): readonly (readonly [name: string, value: string])[] =>
  listIn(value)
    .filter((pair) => pair['disabled'] !== true && pair['enabled'] !== false && pair['active'] !== false)
    .map((pair) => [textIn(pair['name'] ?? pair['key']), textIn(pair['value'])] as const);
