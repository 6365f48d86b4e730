import { basename } from 'node:path';
import { isSessionError } from '../../errors/sessionError.ts';
import { openRecording } from '../../inspect/recording.ts';
import { CliError } from '../cliError.ts';
import type { CliIo, ExitStatus } from '../cliIo.ts';
import { readInput } from '../readInput.ts';
import type { InspectCommandOptions } from './inspectOptions.ts';
import type { ShownFile } from './server/answerRequests.ts';
import { type InspectServer, startServer } from './server/startServer.ts';

const MOST_BYTES = 64 * 1024 * 1024;

/** It is read here already: who named a wrong file is to know before a browser is opened. */
const readFile = async (path: string, io: CliIo): Promise<ShownFile> => {
  const text = await readInput(io.readFile(path), {
    what: 'The recording',
    kind: 'recording',
    maxBytes: MOST_BYTES,
  });
  try {
    openRecording(text);
  } catch (error) {
    if (isSessionError(error)) throw new CliError(error.message.replace(/^openRecording: /, ''));
    throw error;
  }
  return { name: basename(path), text };
};

const start = async (
  { port, origins }: InspectCommandOptions,
  scripts: ReadonlyMap<string, string>,
  file: ShownFile | undefined,
): Promise<InspectServer> => {
  try {
    return await startServer({ port, origins, scripts, file });
  } catch (error) {
    const { code } = Object(error) as { code?: unknown };
    throw new CliError(
      code === 'EADDRINUSE'
        ? `Port ${port} is in use. Choose another one with --port, or --port 0 for any that is free`
        : `Port ${port} cannot be listened on (${String(code)})`,
    );
  }
};

const announcement = ({ origin, viewerUrl, senderToken }: InspectServer): string =>
  `Open this address; it works once:
  ${viewerUrl}

In the app, or in a Node process, where it has made its session:
  import { sendInspection } from 'token-vigil/inspect';
  sendInspection(session, { url: '${origin}', token: '${senderToken}' });

Ctrl-C ends it.
`;

/** Serves the inspector until it is interrupted. */
export const inspect = async (options: InspectCommandOptions, io: CliIo): Promise<ExitStatus> => {
  const file = options.file === undefined ? undefined : await readFile(options.file, io);
  const interrupted = io.untilInterrupted();
  const server = await start(options, await io.viewerScripts(), file);
  io.stdout.write(announcement(server));
  await interrupted;
  await server.stop();
  return 0;
};
