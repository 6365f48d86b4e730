import { CliError } from './cliError.ts';

/** What is read, how much of it and for how long. */
export interface Reading {
  /** As the subject of a sentence. */
  readonly what: string;
  /** What it should be. @default 'token request' */
  readonly kind?: string | undefined;
  readonly maxBytes: number;
  /** Absent: as long as it takes. */
  readonly waitMs?: number | undefined;
}

type Chunks = AsyncIterable<Uint8Array | string>;

const toBytes = (chunk: Uint8Array | string): Uint8Array =>
  typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;

const collect = async (
  chunks: Chunks,
  { what, kind = 'token request', maxBytes }: Reading,
): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    const bytes = toBytes(chunk);
    size += bytes.length;
    if (size > maxBytes)
      throw new CliError(`${what} is longer than ${Math.round(maxBytes / 1024)} KB, which no ${kind} is`);
    parts.push(bytes);
  }
  return Buffer.concat(parts);
};

/** Windows PowerShell writes UTF-16 with a byte order mark. */
const encodingOf = ([first, second]: Uint8Array): string =>
  first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8';

const decode = (bytes: Uint8Array, what: string): string => {
  const notText = new CliError(`${what} is not text`);
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    // oxlint-disable-next-line no-control-regex -- that is what binary looks like
    if (!/[\0-\x08\x0e-\x1a]/.test(text)) return text;
  } catch {
    throw notText;
  }
  throw notText;
};

const inTime = <Result>(reading: Promise<Result>, { what, waitMs }: Reading): Promise<Result> => {
  if (waitMs === undefined) return reading;
  return new Promise((resolve, reject) => {
    const late = () => reject(new CliError(`${what} did not end within ${Math.round(waitMs / 1000)} s`));
    const timer = setTimeout(late, waitMs);
    reading.then(resolve, reject).finally(() => clearTimeout(timer));
  });
};

const whyUnread: Readonly<Record<string, string>> = {
  ENOENT: 'is not there: is its name right, and the folder in which you are?',
  EISDIR: 'is a folder',
  EACCES: 'may not be read by you',
};

/** All the text there is, unless it is too much, too slow or no text. The content is in no message. */
export const readInput = async (chunks: Chunks, reading: Reading): Promise<string> => {
  const bytes = await inTime(collect(chunks, reading), reading).catch((error: unknown) => {
    if (error instanceof CliError) throw error;
    const { code } = Object(error) as { code?: string };
    throw new CliError(
      `${reading.what} ${whyUnread[code ?? ''] ?? `cannot be read${code ? ` (${code})` : ''}`}`,
    );
  });
  return decode(bytes, reading.what);
};
