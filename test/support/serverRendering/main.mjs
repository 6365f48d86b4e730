/** Renders the app of a framework as a server does, prints what came of it, and exits once nothing holds the process. */
import { createServer } from 'vite';
import { configOf, moduleOf, renderOnceModule } from './frameworks.mjs';

const [, , name = ''] = process.argv;
const vite = await createServer({ ...configOf(name), optimizeDeps: { noDiscovery: true } });
const { renderOnce } = /** @type {typeof import('./renderOnce.ts')} */ (
  await vite.ssrLoadModule(renderOnceModule)
);
const { render } = /** @type {{ render: import('./renderOnce.ts').Render }} */ (
  await vite.ssrLoadModule(moduleOf(name, 'server'))
);
const run = await renderOnce(render);
await vite.close();
console.log(JSON.stringify(run));
