import { createServer, type ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { listen } from '../../docs/demo/http/listen.ts';
import type { E2eSettings } from './e2ePage.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** One source file that is another one here: a faulty one, to show that a test notices, or a patient one. */
export interface ChangedSource {
  /** How the path of the file ends. */
  readonly file: RegExp;
  readonly contents: string;
}

const changing = ({ file, contents }: ChangedSource): Plugin => ({
  name: 'changed source',
  setup: ({ onLoad }) => onLoad({ filter: file }, () => ({ contents, loader: 'ts' })),
});

/** The page's script from the sources, in chunks as any app's bundler makes them. Made once per process. */
let scripts: Promise<ReadonlyMap<string, string>> | undefined;

const bundle = async (changed?: ChangedSource): Promise<ReadonlyMap<string, string>> => {
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'e2ePage.ts')],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    define: { 'process.env.NODE_ENV': '"development"' },
    write: false,
    logLevel: 'error',
    plugins: changed ? [changing(changed)] : [],
  });
  return new Map(outputFiles.map(({ path, text }) => [`/${basename(path)}`, text]));
};

/** The server of the app's pages: every path is the same app. */
export interface E2eServer {
  readonly origin: string;
  /** Answers of the provider that came to the redirect URI, in frames too. */
  readonly answers: readonly URL[];
  /** Changes the next answer of the provider on its way. */
  tamper: ((answer: URL) => void) | undefined;
  stop(): Promise<void>;
}

const htmlOf = (settings: E2eSettings): string => `<!doctype html>
<title>App</title>
<link rel="icon" href="data:,">
<script>window.settings = ${JSON.stringify(settings)}</script>
<script type="module" src="/e2ePage.js"></script>
<body>`;

const send = (response: ServerResponse, type: string, body: string): void =>
  void response
    .writeHead(200, {
      'Content-Type': `${type}; charset=utf-8`,
      'Cache-Control': 'no-cache',
      // A page in a sandbox has no origin, and loads modules from any as a stranger.
      'Access-Control-Allow-Origin': '*',
    })
    .end(body);

const redirect = (response: ServerResponse, to: string): void =>
  void response.writeHead(302, { Location: to }).end();

/** `/bounce` comes back as a provider does that has nothing to say, and `/elsewhere` is a page without the app. */
export const startE2eServer = async (
  settings: () => E2eSettings,
  changed?: ChangedSource,
): Promise<E2eServer> => {
  const assets = await (changed ? bundle(changed) : (scripts ??= bundle()));
  const answers: URL[] = [];

  const server = createServer(({ url: target = '/' }, response) => {
    const url = new URL(target, e2e.origin);
    const script = assets.get(url.pathname);
    if (script !== undefined) return send(response, 'text/javascript', script);
    if (url.pathname === '/bounce') return redirect(response, url.searchParams.get('redirect_uri') ?? '/');
    if (url.pathname === '/elsewhere')
      return send(response, 'text/html', '<!doctype html><title>Elsewhere</title>');
    const { tamper } = e2e;
    if (tamper && url.searchParams.has('state')) {
      e2e.tamper = undefined;
      const { href } = url;
      tamper(url);
      if (url.href !== href) return redirect(response, url.href);
    }
    if (url.searchParams.has('state')) answers.push(url);
    return send(response, 'text/html', htmlOf(settings()));
  });

  const { port, stop } = await listen(server, 0);
  const e2e: E2eServer = { origin: `http://localhost:${port}`, answers, tamper: undefined, stop };
  return e2e;
};
