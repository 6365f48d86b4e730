import { isBarred } from './preferring.ts';

/** Something else listens on the port that was asked for; the message says so in one line. */
export class PortTaken extends Error {
  constructor(port: number) {
    super(`Port ${port} is taken or not allowed. Choose another one with --port, or leave it out`);
  }
}

/** Starts on this port and no other; where it is taken, rejects with {@link PortTaken}. */
export async function insisting<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
  try {
    return await start(port);
  } catch (error) {
    throw isBarred(error) ? new PortTaken(port) : error;
  }
}
