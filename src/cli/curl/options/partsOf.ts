import { CliError } from '../../cliError.ts';
import type { CurlOption } from './readOptions.ts';

type Part = readonly [name: string, value: string];

/** What stands between quotation marks at the beginning. */
const quotedIn = (value: string): string | undefined => {
  if (!value.startsWith('"')) return undefined;
  const end = [...value.slice(1).matchAll(/\\[^]|"/g)].find(([mark]) => mark === '"')?.index;
  return end === undefined ? undefined : value.slice(1, end + 1).replaceAll(/\\(["\\])/g, '$1');
};

/** A `;` ends the content, unless it is quoted. What follows is about the part: `;type=text/plain`. */
const contentOf = (value: string): string => quotedIn(value) ?? value.split(';', 1)[0]!.trim();

const partOf = ({ name: option, value: text }: CurlOption): Part => {
  const at = text.indexOf('=');
  if (at === -1) throw new CliError(`--${option} has no "=" between name and value`);
  const name = text.slice(0, at);
  const value = text.slice(at + 1);
  if (option === 'form-string') return [name, value];
  return [name, contentOf(value)];
};

/** The parts that all form options give together. */
export const partsOf = (options: readonly CurlOption[]): readonly Part[] =>
  options.filter(({ name }) => name === 'form' || name === 'form-string').map(partOf);
