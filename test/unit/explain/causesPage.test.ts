import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { causesPage } from '../../../docs/causes/causesPage.ts';
import { anchorOf } from '../../../docs/causes/chapters.ts';
import { errorsPage } from '../../../docs/causes/errorsPage.ts';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

const pages: Readonly<Record<string, string>> = {
  'causes.md': read('docs/causes.md'),
  'errors.md': read('docs/errors.md'),
};
const codes = [...read('src/errors/sessionError.ts').matchAll(/^ {2}\| '(\w+)';?$/gm)].map(
  ([, code = '']) => code,
);

const anchorsIn = (page = ''): readonly string[] =>
  [...page.matchAll(/^#{2,3} (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

const linksIn = (page = ''): readonly string[] =>
  [...page.matchAll(/\]\(((?:causes|errors)\.md)?#([\w-]+)\)/g)].map(
    ([, file, anchor]) => `${file ?? ''}#${anchor}`,
  );

it('docs/causes.md and docs/errors.md are what the tables say (else: node docs/causes.mjs)', () => {
  expect(pages['causes.md']).toBe(causesPage());
  expect(pages['errors.md']).toBe(errorsPage(pages['errors.md'] ?? ''));
});

it('each code of an error leads to its causes, and they lead back', () => {
  expect(codes.length).toBeGreaterThan(20);
  for (const code of codes) {
    const section = pages['errors.md']?.split(`\n## \`${code}\`\n`)[1]?.split('\n## ')[0];
    expect
      .soft(
        linksIn(section).filter((link) => link.startsWith('causes.md#')),
        code,
      )
      .not.toEqual([]);
    expect.soft(linksIn(pages['causes.md']), code).toContain(`errors.md#${code}`);
  }
});

it.each(Object.keys(pages))('every link in %s leads somewhere', (name) => {
  for (const link of linksIn(pages[name])) {
    const [file = '', anchor = ''] = link.split('#');
    expect.soft(anchorsIn(pages[file || name]), link).toContain(anchor);
  }
});
