import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, createServer, preview } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A project whose only source is `src/main.ts`, served as its developer or its visitors see it. */
export interface ViteProject {
  readonly origin: string;
  stop(): Promise<void>;
}

/** The package as npm would unpack it, but for its docs, beside what it depends on. */
const installInto = async (folder: string): Promise<void> => {
  const modules = join(folder, 'node_modules');
  const home = join(modules, 'token-vigil');
  const { files } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { files: string[] };
  await mkdir(home, { recursive: true });
  for (const path of ['package.json', ...files.filter((name) => !/^!?docs\//.test(name))])
    await cp(join(root, path), join(home, path), { recursive: true });
  const others = (await readdir(join(root, 'node_modules'))).filter((name) => !name.startsWith('.'));
  for (const name of others)
    if (name !== 'token-vigil') await symlink(join(root, 'node_modules', name), join(modules, name));
};

const page = `<!doctype html>
<link rel="icon" href="data:,">
<body><script type="module" src="/src/main.ts"></script>`;

/** Serves a project by Vite: `dev` as it is, or `build` for its visitors. */
export const startViteProject = async (main: string, mode: 'dev' | 'build'): Promise<ViteProject> => {
  const folder = await mkdtemp(join(tmpdir(), 'token-vigil-vite-'));
  await installInto(folder);
  await mkdir(join(folder, 'src'));
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(join(folder, 'src', 'main.ts'), main);
  const config = { root: folder, configFile: false, logLevel: 'error' } as const;
  const where = { host: 'localhost', port: 0 };
  const start = async () => {
    if (mode === 'dev') return (await createServer({ ...config, server: where })).listen();
    await build(config);
    return preview({ ...config, preview: where });
  };
  const server = await start();
  return {
    origin: new URL(server.resolvedUrls?.local[0] ?? '').origin,
    async stop() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
