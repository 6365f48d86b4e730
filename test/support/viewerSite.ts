import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Pages on loopback, reached by two origins: `localhost` and `127.0.0.1`. */
export interface ViewerSite {
  readonly origin: string;
  readonly otherOrigin: string;
  stop(): Promise<void>;
}

/** A script of a page, and the folder whose packages it imports. */
export interface PageScript {
  readonly code: string;
  readonly folder?: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** Bundles a script as an app's bundler does: what is imported later is a file of its own. */
const bundle = async (name: string, { code, folder = root }: PageScript): Promise<[string, string][]> => {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: folder, sourcefile: `${name}.js` },
    outdir: '/',
    bundle: true,
    splitting: true,
    format: 'esm',
    define: { 'process.env.NODE_ENV': '"production"' },
    // The package as it was built: what the paths of this repository name is its source.
    tsconfigRaw: '{}',
    write: false,
    entryNames: name,
    chunkNames: `${name}-[hash]`,
  });
  return outputFiles.map(({ path, text }) => [path.slice(path.lastIndexOf('/')), text]);
};

const shell = (name: string): string =>
  `<!doctype html><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,"><script type="module" src="/${name}.js"></script>`;

/** Serves a page for each script, and what lies in `docs/examples/xstate-viewer`. */
export const startViewerSite = async (scripts: Readonly<Record<string, PageScript>>): Promise<ViewerSite> => {
  const files = new Map(
    (await Promise.all(Object.entries(scripts).map(([name, script]) => bundle(name, script)))).flat(),
  );
  for (const name of Object.keys(scripts)) files.set(`/${name}.html`, shell(name));
  for (const name of ['index.html', 'main.js', 'style.css'])
    files.set(`/viewer/${name}`, await readFile(`${root}/docs/examples/xstate-viewer/${name}`, 'utf8'));

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://site');
    const body = files.get(pathname);
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': types[extname(pathname)] ?? '' });
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    otherOrigin: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
