import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('../..', import.meta.url));
const bundled = 'dist/src/inspect/xstate/xstateInspect.bundle.js';

/** The sources that each file of the package was made of. */
const sourcesOf = JSON.parse(await readFile(`${root}/dist/sources.json`, 'utf8')) as Record<string, string[]>;

/** The files that an app with this code loads, at once or later, and of the package the sources in them. */
const filesOf = async (contents: string): Promise<string[]> => {
  const { metafile } = await build({
    stdin: { contents, resolveDir: root },
    absWorkingDir: root,
    outdir: 'dist/bundle',
    bundle: true,
    splitting: true,
    format: 'esm',
    packages: 'bundle',
    external: ['@angular/*', 'react', 'rxjs', 'solid-js', 'svelte', 'vue'],
    metafile: true,
    // The package as it was built: what the paths of this repository name is its source.
    tsconfigRaw: '{}',
    write: false,
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 ? (sourcesOf[path] ?? [path]) : [],
    ),
  );
};

test('an app that imports no inspector has not one byte of them', async () => {
  const session = "import { createSession } from 'token-vigil'; createSession({});";
  const ofInspectors = (files: string[]): string[] => files.filter((path) => path.includes('/inspect/'));
  expect(await filesOf(session)).toContain('src/session/createSession.ts');
  expect(ofInspectors(await filesOf(session))).toEqual([]);
  const opened = `${session} import('token-vigil/inspect/xstate').then((m) => m.openXStateInspector());`;
  expect(ofInspectors(await filesOf(opened))).toContain(bundled);
});

test('the tables of causes are only in apps that import them, and there later if they are asked for later', async () => {
  const ofExplain = (files: string[]): string[] => files.filter((path) => path.startsWith('src/explain/'));
  const session = "import { createSession } from 'token-vigil'; createSession({});";
  const adapters = ['angular', 'react', 'solid', 'svelte', 'vue'].map(
    (name) => `import * as ${name} from 'token-vigil/${name}'; console.log(${name});`,
  );
  for (const app of [session, ...adapters]) expect(ofExplain(await filesOf(app))).toEqual([]);
  const asking = `${session} import('token-vigil/explain').then((m) => m.explainError({}));`;
  expect(ofExplain(await filesOf(asking))).toContain('src/explain/causes/body.ts');
});

test('an app that opens the inspector of XState 4 loads that later, and XState 5 once', async () => {
  const files = await filesOf(
    "import { createSession } from 'token-vigil'; createSession({}); import('token-vigil/inspect/xstate');",
  );
  const ofXState = files.filter((path) => path.startsWith('node_modules/xstate/'));
  expect(ofXState.length).toBeGreaterThan(0);
  expect(new Set(ofXState).size).toBe(ofXState.length);
});

test('users install neither XState 4 nor its inspector', () => {
  const { dependencies, peerDependencies, devDependencies } = manifest;
  const names = Object.keys({ ...dependencies, ...peerDependencies, ...devDependencies });
  expect(names).not.toContain('@xstate/inspect');
  expect(peerDependencies.xstate).toBe('^5.33.0');
  expect(Object.keys(dependencies)).toEqual(['idb-keyval', 'ky', 'oauth4webapi']);
  expect(manifest.peerDependenciesMeta['@statelyai/inspect']).toEqual({ optional: true });
});

test('their licences come with their code, and their types nowhere', async () => {
  const code = await readFile(`${root}/${bundled}`, 'utf8');
  const notice = code.slice(0, code.indexOf('*/'));
  for (const words of ['@xstate/inspect 0.8.0', 'xstate 4.38.3', 'fast-safe-stringify', 'The MIT License'])
    expect(notice).toContain(words);
  expect(notice).toContain('Copyright (c) 2015 David Khourshid');
  expect(notice).toContain('Copyright (c) 2016 David Mark Clements');
  const folder = `${root}/dist/src`;
  const declarations = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.d.ts'));
  const texts = await Promise.all(declarations.map((name) => readFile(`${folder}/${name}`, 'utf8')));
  expect(texts.length).toBeGreaterThan(20);
  expect(texts.filter((text) => text.includes('.bundle'))).toEqual([]);
});

test('the file is in the package', () => {
  expect(manifest.files).toContain('dist/src');
  expect(manifest.scripts.prepack).toContain('build:inspect');
});
