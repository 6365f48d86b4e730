import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Packed {
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

let packed: Packed;
beforeAll(() => {
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  [packed] = JSON.parse(stdout) as [Packed];
});

const kB = 1000;

describe('the package', () => {
  test('is small', () => {
    expect(packed.files.length).toBeLessThanOrEqual(420);
    expect(packed.size).toBeLessThanOrEqual(321 * kB);
  });

  test('holds no sources and no maps', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths.filter((path) => /(?<!\.d)\.[cm]?tsx?$|\.map$/.test(path))).toEqual([]);
  });

  test('holds no declaration that nothing leads to, and no code twice', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith('dist/src/cli/'))).toEqual([
      'dist/src/cli/inspect/viewer.json',
      'dist/src/cli/main.js',
    ]);
    expect(paths).not.toContain('dist/src/gate/gate.d.ts');
    const sources = JSON.parse(readFileSync(join(root, 'dist/sources.json'), 'utf8')) as Record<
      string,
      string[]
    >;
    const ofLibrary = Object.entries(sources).filter(([path]) => !path.startsWith('dist/src/cli/'));
    const sourcesThere = ofLibrary.flatMap(([, inputs]) => inputs);
    const twice = sourcesThere.filter((source, at) => sourcesThere.indexOf(source) !== at);
    // `token-vigil/explain` is a file of its own, and takes along what it needs of the rest.
    expect(new Set(twice)).toEqual(new Set(['src/errors/sessionError.ts', 'src/url/parseUrl.ts']));
    const ofCommand = sources['dist/src/cli/main.js'] ?? [];
    expect(ofCommand).toContain('src/cli/run.ts');
    expect(ofCommand.filter((source) => /^src\/explain\/(causes|clues|words)\//.test(source))).toEqual([]);
  });

  test('has declarations that compile, without what nobody asks for', () => {
    const folder = join(root, 'dist/declarations');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const files = packed.files.map(({ path }) => path).filter((path) => path.endsWith('.d.ts'));
    expect(files.length).toBeGreaterThan(20);
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: '../../tsconfig.json',
        compilerOptions: { skipLibCheck: false, checkJs: false, types: [], paths: {} },
        files: files.map((path) => join(root, path)),
        include: [],
      }),
    );
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { cwd: root, encoding: 'utf8' });
    // Those of other packages are not ours to mend.
    expect(stdout.split('\n').filter((line) => line.startsWith('dist/'))).toEqual([]);
  });
});

describe('the command', () => {
  /** What `npx` has installed, without any other package. */
  const alone = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'token-vigil-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const path of [
      'package.json',
      'dist/src/cli',
      'dist/src/explain/index.js',
      'dist/src/inspect/forCommand.js',
      'dist/src/chunks',
    ])
      cpSync(join(root, path), join(folder, path), { recursive: true });
    return join(folder, 'dist/src/cli/main.js');
  };

  test('is one file that needs nothing but Node, what explains, and what it shares with the viewer', () => {
    const main = alone();
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [main, ...args], {
        input:
          "curl https://id.example.com/realms/app/protocol/openid-connect/token -F 'grant_type=refresh_token'",
        encoding: 'utf8',
      });
    expect(run('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(run('doctor', '--offline').stdout).toContain('multipart/form-data');
    const code = readFileSync(main, 'utf8');
    const imported = [...code.matchAll(/(?:from|import)\s*\(?"([^"]+)"/g)].map(([, name]) => name);
    expect(new Set(imported.filter((name) => !name?.startsWith('node:')))).toEqual(
      new Set(['../explain/index.js', '../inspect/forCommand.js']),
    );
    expect(imported.length).toBeGreaterThan(5);
  });
});
