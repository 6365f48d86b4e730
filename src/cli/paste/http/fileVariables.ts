import { filledIn } from '../document/variables.ts';

const DEFINITION = /^[^\S\n]*@(?<name>[\w-]{1,60})[^\S\n]*=[^\S\n]*(?<value>.*?)[^\S\n]*$/gm;

/** A file of an editor (`.http`, `.rest`) with the variables that it defines filled in. */
export const withFileVariables = (text: string): string => {
  const definitions = [...text.matchAll(DEFINITION)].map(
    ({ groups = {} }) => [groups['name'] ?? '', groups['value'] ?? ''] as const,
  );
  if (definitions.length === 0) return text;
  return filledIn(text.replaceAll(DEFINITION, '#'), new Map(definitions));
};
