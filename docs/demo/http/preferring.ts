/** Whether a port could not be had. */
export const isBarred = (error: unknown): boolean =>
  ['EADDRINUSE', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '');

/** Starts on the wanted port, or on any free one where that is taken. */
export async function preferring<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
  try {
    return await start(port);
  } catch (error) {
    if (isBarred(error)) return start(0);
    throw error;
  }
}
