import { hasSameOptions } from './hasSameOptions.ts';

type Named = Readonly<Record<string, unknown>>;

/** What is told where a session takes over from one of the same name: which options differ, and what production makes of it. */
export const takenOver = (name: string, before: object, after: object): string => {
  const [ours, theirs] = [before, after] as [Named, Named];
  const differing = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
    .filter((option) => !hasSameOptions(ours[option], theirs[option]))
    .map((option) => `\`${option}\``)
    .join(', ');
  return `createSession: '${name}' was recreated with another ${differing}, as after an edit; the session before it was stopped. In production this is an error: create it once, give one a \`name\`, or stop the first`;
};
