import { cause } from './cause/cause.ts';
import { causeUsage } from './cause/causeUsage.ts';
import { CliError } from './cliError.ts';
import type { CliIo, ExitStatus } from './cliIo.ts';
import { didYouMean } from './didYouMean.ts';
import { doctor } from './doctor/doctor.ts';
import { doctorOptions } from './doctor/doctorOptions.ts';
import { asJson } from './doctor/masking/asJson.ts';
import { type Cover, createCover } from './doctor/masking/createCover.ts';
import { tidy } from './doctor/tidy.ts';
import { inspect } from './inspect/inspect.ts';
import { inspectOptions } from './inspect/inspectOptions.ts';
import { inspectUsage } from './inspect/inspectUsage.ts';
import { usage } from './usage.ts';
import { doctorUsage } from './doctor/doctorUsage.ts';

const isHelp = (word: string | undefined): boolean => /^(--help|-h|help)$/.test(word ?? '');
const isVersion = (word: string | undefined): boolean => /^(--version|-V)$/.test(word ?? '');

const print = ({ stdout }: CliIo, text: string): ExitStatus => {
  stdout.write(text);
  return 0;
};

const runDoctor = async (words: readonly string[], io: CliIo, cover: Cover): Promise<ExitStatus> => {
  const options = doctorOptions(words);
  if (options.help) return print(io, doctorUsage);
  if (options.version) return print(io, `${io.version()}\n`);
  return doctor(options, io, cover);
};

const runInspect = async (words: readonly string[], io: CliIo): Promise<ExitStatus> => {
  const options = inspectOptions(words);
  if (options.help) return print(io, inspectUsage);
  if (options.version) return print(io, `${io.version()}\n`);
  return inspect(options, io);
};

const runCause = (words: readonly string[], io: CliIo): ExitStatus => {
  if (words.some(isHelp)) return print(io, causeUsage);
  if (words.some(isVersion)) return print(io, `${io.version()}\n`);
  return cause(words, io);
};

const commands = ['doctor', 'cause', 'inspect'];

const dispatch = async (io: CliIo, cover: Cover): Promise<ExitStatus> => {
  const [command, ...words] = io.argv;
  if (isHelp(command)) return print(io, usage);
  if (isVersion(command)) return print(io, `${io.version()}\n`);
  if (command === 'doctor') return runDoctor(words, io, cover);
  if (command === 'cause') return runCause(words, io);
  if (command === 'inspect') return runInspect(words, io);
  throw new CliError(
    command === undefined
      ? 'There are three commands: token-vigil doctor, token-vigil cause and token-vigil inspect. See token-vigil --help'
      : `Unknown command.${didYouMean(command, commands)} There are three: token-vigil doctor, token-vigil cause and token-vigil inspect. See token-vigil --help`,
  );
};

/** The message of an error that nobody foresaw can quote what it stumbled over; its name cannot. */
const messageOf = (error: unknown): string => {
  if (error instanceof CliError) return error.message;
  const name = error instanceof Error ? error.name : 'no error at all';
  return `token-vigil stumbled over this (${name}), which is a fault of its own. Please report it`;
};

const complain = (error: unknown, { argv, stdout, stderr }: CliIo, cover: Cover): ExitStatus => {
  const summary = tidy(messageOf(error), 500);
  const isJson = argv.includes('--json');
  if (isJson) stdout.write(asJson({ version: 1, verdict: 'cannot_tell', exitStatus: 2, summary }, cover, 0));
  else stderr.write(cover.hide(`${argv[0] === 'inspect' ? 'Cannot start' : 'Cannot tell'}: ${summary}\n`));
  return 2;
};

/** The command line. Whatever happens, it ends in an exit status. */
export const run = async (io: CliIo): Promise<ExitStatus> => {
  const cover = createCover();
  try {
    return await dispatch(io, cover);
  } catch (error) {
    return complain(error, io, cover);
  }
};
