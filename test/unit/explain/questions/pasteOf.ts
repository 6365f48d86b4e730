import { jwt } from '../../cli/doctor/stage.ts';
import type { Question } from './question.ts';

const times = new Set(['iat', 'exp', 'nbf']);

const moved = (claims: object, nowSeconds: number): object =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      times.has(name) ? nowSeconds + Number(value) : value,
    ]),
  );

/** What the question shows, with tokens whose times fit the clock. */
export const pasteOf = ({ paste }: Question, nowSeconds: number): string =>
  paste.replace(/«(.*?)»/g, (_, claims: string) => jwt(moved(JSON.parse(claims) as object, nowSeconds)));
