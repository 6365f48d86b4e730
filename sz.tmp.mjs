import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
const run = async (stub) => {
  const r = await build({
    entryPoints: ['src/index.ts'],
    bundle: true,
    splitting: true,
    outdir: '/tmp/x',
    minify: true,
    format: 'esm',
    write: false,
    target: 'es2023',
    metafile: true,
    external: ['xstate', 'ky', 'oauth4webapi', 'idb-keyval'],
    plugins: stub
      ? [
          {
            name: 'stub',
            setup(b) {
              b.onResolve({ filter: /gate\/gate\.ts$/ }, () => ({ path: 'stub', namespace: 'stub' }));
              b.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({
                contents: 'export const createGate = (p) => p',
              }));
            },
          },
        ]
      : [],
  });
  const outs = Object.keys(r.metafile.outputs);
  const loaded = new Set(outs.filter((o) => r.metafile.outputs[o].entryPoint === 'src/index.ts'));
  for (const p of loaded)
    for (const i of r.metafile.outputs[p].imports)
      if (i.kind === 'import-statement' && !i.external) loaded.add(i.path);
  return r.outputFiles
    .filter((_, i) => loaded.has(outs[i]))
    .reduce((t, f) => t + gzipSync(f.contents, { level: 9 }).length, 0);
};
const a = await run(false),
  b = await run(true);
console.log('first load', a, 'without gate', b, 'gate', a - b);
