import { anchorOf, chapters } from './chapters.ts';
import { codesOf } from './codesOf.ts';

/** More links than these say less than the themes that they belong to. */
const MOST_LINKS = 6;

const link = (heading: string, text = heading): string => `[${text}](causes.md#${anchorOf(heading)})`;

const linksFor = (code: string): string => {
  const found = chapters.map(
    ([heading, causes]) =>
      [heading, causes.filter((cause) => codesOf(cause).some((each) => each === code))] as const,
  );
  const ids = found.flatMap(([, causes]) => causes.map(({ id }) => id));
  const links =
    ids.length > MOST_LINKS
      ? found.filter(([, causes]) => causes.length > 0).map(([heading]) => link(heading))
      : ids.map((id) => link(id, `\`${id}\``));
  return links.join(', ');
};

const sectionsOf = (page: string): readonly string[] => page.split(/^(?=## )/m);

const isLinks = (line: string): boolean => line.startsWith('**See also.**');

/** The line is the last of its section. */
const linked = (section: string): string => {
  const [, code] = /^## `(\w+)`/.exec(section) ?? [];
  if (!code) return section;
  const lines = section
    .trimEnd()
    .split('\n')
    .filter((line) => !isLinks(line));
  return `${lines.join('\n').trimEnd()}\n\n**See also.** ${linksFor(code)}\n\n`;
};

/** `docs/errors.md`, with the causes of each code linked. */
export const errorsPage = (page: string): string => `${sectionsOf(page).map(linked).join('').trimEnd()}\n`;
