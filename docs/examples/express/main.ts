/** What `npm run example:express` runs. */
import { createApp } from './app.ts';
import { settingsFrom } from './settings.ts';

const fail = ({ message }: Error): never => {
  console.error(message);
  process.exit(1);
};

const start = (): void => {
  const settings = settingsFrom(process.env);
  const { app, stop } = createApp(settings);
  const port = Number(process.env['PORT'] ?? 3000);
  const server = app.listen(port, '127.0.0.1', (error) => {
    if (error) fail(error);
    console.log(`Look at ${settings.origin}`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stop();
      server.close();
      server.closeAllConnections();
    });
  }
};

try {
  start();
} catch (error) {
  fail(error as Error);
}
