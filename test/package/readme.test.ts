import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSessionMachine } from 'token-vigil/machine';
import { describe, expect, test } from 'vitest';
import { type AnyStateNode, createActor } from 'xstate';
import { filesIn } from '../support/filesIn.ts';
import { splitPage } from '../support/shortPath.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const inRoot = (path: string): string => resolve(root, path);
const read = (path: string): string => readFileSync(inRoot(path), 'utf8');

const readme = read('README.md');
const pages = [
  'README.md',
  ...[
    'architecture',
    'causes',
    'data-libraries',
    'defaults',
    'doctor',
    'errors',
    'grants',
    'inspector',
    'inspectors',
    'keycloak',
    'machine',
    'node',
    'options',
    'providers',
    'requests',
    'server-rendering',
    'signing-in',
    'statechart',
    'tabs',
    'testing',
    'vue',
  ].map((name) => `docs/${name}.md`),
  'docs/examples/express/README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
];

/** The contents of fenced blocks. */
const blocksIn = (markdown: string, language: string): string[] =>
  [...markdown.matchAll(new RegExp(`^ *\`\`\`${language}\\n(.*?)^ *\`\`\`$`, 'gms'))].map(
    ([, text]) => text ?? '',
  );

/** What one capturing group finds, in order. */
const allIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found]) => found ?? '');

/** ky 1 has other names than the one that is installed. */
const inItsKy = (sample: string): string =>
  sample.includes('prefixUrl:') ? `import ky from 'ky-1';\n${sample}` : sample;

/** What lies beside a sample is an example. */
const besideExamples = (sample: string): string =>
  sample.replaceAll(" from './", " from '../../docs/examples/");

const sectionOf = (markdown: string, heading: string): string =>
  markdown.split(`\n${heading}\n`)[1]?.split(/^#{2,3} /m)[0] ?? '';

/** The words in code style in the first cell of each row. */
const firstCellsIn = (markdown: string): string[] =>
  allIn(markdown, /^\| ([^|]*`[^|]*)\|/gm).flatMap((cell) => allIn(cell, /`([^`]+)`/g));

const sorted = (words: Iterable<string>): string[] => [...new Set(words)].toSorted();

describe('samples', () => {
  test('the first one is the example that is compiled', () => {
    expect(blocksIn(readme, 'ts')[0]).toBe(read('docs/examples/quickstart.ts'));
  });

  test('the one about testing is a test that runs', () => {
    expect(blocksIn(sectionOf(readme, '## Testing'), 'ts')).toEqual([
      read('test/unit/examples/fakeSession.test.ts'),
    ]);
  });

  test('the recipes for data libraries are the examples that are tested', () => {
    const page = read('docs/data-libraries.md');
    const recipes = ['tanstackQuery', 'swr', 'rtkQuery', 'apolloClient'];
    expect(blocksIn(page, 'tsx')).toEqual(recipes.map((name) => read(`docs/examples/${name}.tsx`)));
    expect(blocksIn(page, 'ts')).toEqual([read('docs/examples/sessionErrors.ts')]);
  });

  test.each([
    ['fakeTabs.test.ts', 'test/unit/examples/fakeTabs.test.ts'],
    ['vue.test.ts', 'test/adapters/testing/vue.test.ts'],
    ['svelte.test.ts', 'test/adapters/testing/svelte.test.ts'],
    ['WithSession.svelte', 'test/adapters/testing/WithSession.svelte'],
    ['greeting.test.tsx', 'test/adapters/solid/greeting.test.tsx'],
    ['Greeting.test.tsx', 'test/starters/jest/src/Greeting.test.tsx'],
    ['Greeting.stories.tsx', 'test/starters/jest/src/Greeting.stories.tsx'],
    ['jest.config.js', 'test/starters/jest/jest.config.js'],
  ])('%s on the page about testing is a file that runs', (name, file) => {
    // Here the compiler must be told whose JSX it is; in an app it knows.
    const contents = read(file).replace('/* @jsxImportSource solid-js */\n', '');
    expect(blocksIn(read('docs/testing.md'), `\\w+ ${name}`)).toEqual([contents]);
  });

  test('those for Next are files of its starter', () => {
    // Those of the shortest path are built in its test.
    const { rest } = splitPage(read('docs/server-rendering.md'));
    const named = filesIn(rest).filter(({ language }) => language === 'tsx');
    expect(named.map(({ path }) => path)).toContain('app/(private)/layout.tsx');
    for (const { path, contents } of named) expect(contents).toBe(read(`test/starters/next/${path}`));
  });

  test('all of them compile', () => {
    const folder = inRoot('dist/samples');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const samples = pages.flatMap((page) =>
      ['ts', 'tsx'].flatMap((language) =>
        blocksIn(read(page), language).map(
          (sample, at) => [`${page.replaceAll('/', '.')}.${at + 1}.${language}`, sample] as const,
        ),
      ),
    );
    expect(samples.length).toBeGreaterThan(15);
    for (const [name, sample] of samples) {
      writeFileSync(resolve(folder, name), besideExamples(inItsKy(sample)));
    }
    const config = {
      extends: '../../tsconfig.json',
      include: ['.', '../../test/support/sampleGlobals.d.ts'],
    };
    writeFileSync(resolve(folder, 'tsconfig.json'), JSON.stringify(config));
    const tsc = inRoot('node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { cwd: folder, encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  test.each(pages)('what %s links to is there', (page) => {
    const links = allIn(read(page), /\]\((?!https?:|#)([^)#]+)/g);
    expect(links.filter((link) => !existsSync(resolve(dirname(inRoot(page)), link)))).toEqual([]);
  });

  const linksIn = (page: string): string[] =>
    allIn(read(page), /\]\((?!https?:|#)([^)#]+)/g).map((link) => resolve(dirname(inRoot(page)), link));

  test('a page in the package says where the pages are that it links to', () => {
    const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
    });
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
    const packed = files.map(({ path }) => path);
    const packedPages = packed.filter((path) => path.endsWith('.md'));
    expect(packedPages).toEqual(['README.md']);
    const isPacked = (path: string): boolean => packed.some((file) => inRoot(file) === path);
    const leadingOut = packedPages.filter((page) => linksIn(page).some((path) => !isPacked(path)));
    expect(leadingOut).toContain('README.md');
    expect(leadingOut.filter((page) => !/\bin\s+the\s+repository\b/.test(read(page)))).toEqual([]);
  });
});

describe('what is listed', () => {
  test('every file that the architecture names is there', () => {
    const files = allIn(read('docs/architecture.md'), /`(\w+\/[\w./]+\.ts)`/g);
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => !existsSync(inRoot(file)) && !existsSync(inRoot(`src/${file}`)))).toEqual(
      [],
    );
  });

  const codes = allIn(read('src/errors/sessionError.ts'), /^ {2}\| '(\w+)';?$/gm);

  test('every error code, in the table and as a section of the page of errors', () => {
    expect(codes.length).toBeGreaterThan(20);
    const page = read('docs/errors.md');
    expect(firstCellsIn(sectionOf(page, '## All of them'))).toEqual(codes);
    expect(allIn(page, /^## `(\w+)`$/gm)).toEqual(codes);
  });

  test('every fact', () => {
    const union =
      read('machines/sessionEvents.ts').split('export type SessionFact')[1]?.split(';\n\n')[0] ?? '';
    const facts = allIn(union, /type: '(\w+)'/g);
    const states =
      sectionOf(readme, '## States, facts, questions').split('| fact |')[1]?.split('\n\n')[0] ?? '';
    expect(sorted(firstCellsIn(states))).toEqual(sorted(facts));
  });

  test('every event and fact of the machine, on its page', () => {
    const types = (source: string): string[] => allIn(source, /readonly type: '([\w.]+)'/g);
    const [events = '', facts = ''] = read('machines/sessionEvents.ts').split('export type SessionFact');
    const [told = '', requests = ''] = facts.split('/** What the login service is asked. */');
    const page = read('docs/machine.md');
    expect(sorted(firstCellsIn(sectionOf(page, '## Facts it tells')))).toEqual(sorted(types(told)));
    const listed = ['## Events you send', '## Events that services send'].flatMap((heading) =>
      firstCellsIn(sectionOf(page, heading)),
    );
    expect(sorted(listed)).toEqual(sorted(types(events)));
    const services = sectionOf(page, '## Services you provide');
    expect(types(requests).filter((name) => !services.includes(name))).toEqual([]);
  });

  test('every option, in the README and on the page of options', () => {
    const files = ['src/session/sessionOptions.ts', 'src/grants/grantOptions.ts'];
    const interfaces = files.flatMap((file) =>
      allIn(read(file), /^export interface (?:IdleOptions|SessionOptions|GrantOptions)\b.*?\{\n(.*?)^\}/gms),
    );
    const options = interfaces.flatMap((body) => allIn(body, /^ {2}readonly (\w+)\??:/gm));
    expect(options.length).toBeGreaterThan(25);
    const named = new Set(allIn(readme, /`([^`\n]+)`/g).flatMap((code) => allIn(code, /(\w+)/g)));
    expect(options.filter((option) => !named.has(option))).toEqual([]);
    const listed = allIn(read('docs/options.md'), /^\| `(?:idle\.)?(\w+)` \|/gm);
    expect(listed.toSorted()).toEqual(options.toSorted());
  });
});

describe('the statechart', () => {
  const machine = createSessionMachine();
  const nodesIn = (node: AnyStateNode): AnyStateNode[] => [
    node,
    ...Object.values(node.states).flatMap(nodesIn),
  ];
  const pathOf = ({ path }: AnyStateNode): string => path.join('.');
  const nodes = nodesIn(machine.root).slice(1);
  const edgesOf = (node: AnyStateNode): string[] =>
    (node.always ?? []).map(
      ({ guard, target }) =>
        `${typeof guard === 'string' ? guard : ''}: ${target?.[0] ? pathOf(target[0]) : 'stays'}`,
    );
  const page = read('docs/statechart.md');

  test('its page has every edge, in the order in which they are tried', () => {
    const section = (node: AnyStateNode): string => sectionOf(page, `### \`${pathOf(node)}\``);
    const written = (node: AnyStateNode): string[] =>
      [...section(node).matchAll(/^\| `(\w+)` \| `?([\w.]+)`? \|/gm)].map(
        ([, guard, to]) => `${guard}: ${to}`,
      );
    const table = (rowsOf: (node: AnyStateNode) => string[]) =>
      nodes.map((node) => [pathOf(node), rowsOf(node)]);
    expect(table(written)).toEqual(table(edgesOf));
  });

  test('its page has every state, every service and every field of the context', () => {
    const { children, context } = createActor(machine).getSnapshot();
    const listed = (heading: string) => sorted(firstCellsIn(sectionOf(page, heading)));
    expect(listed('## States')).toEqual(sorted(nodes.map(pathOf)));
    expect(listed('## Services')).toEqual(sorted(Object.keys(children)));
    expect(listed('## Context')).toEqual(sorted(Object.keys(context)));
  });
});

describe('sizes', () => {
  const figuresIn = (text: string, pattern: RegExp): Map<string, number> =>
    new Map([...text.matchAll(pattern)].map(([, name = '', kB]) => [name.trim(), Number(kB)]));

  test.runIf(existsSync(inRoot('dist/src/index.js')))('are not above what the README prints', () => {
    const { stdout } = spawnSync(process.execPath, ['test/package/size.mjs'], {
      cwd: root,
      encoding: 'utf8',
    });
    const measured = figuresIn(stdout, /^(.+?) +([\d.]+) kB +of/gm);
    const region = readme.split('<!-- sizes')[1]?.split('<!-- /sizes')[0] ?? '';
    const printed = figuresIn(region, /^\| ([^|]+)\| ([\d.]+) kB/gm);
    expect([...printed.keys()]).toEqual([...measured.keys()]);
    for (const [name, kB] of measured) {
      const claim = printed.get(name) ?? 0;
      expect.soft(claim, `${name}: ${kB} kB`).toBeGreaterThanOrEqual(kB);
      expect.soft(claim, `${name} has become smaller: ${kB} kB`).toBeLessThan(kB + 1);
    }
  });
});
