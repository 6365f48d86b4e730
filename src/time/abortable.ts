import { requireType } from '../errors/requireType.ts';

/**
 * Settles as the work does, unless the signal aborts before: then it rejects with the signal's reason. `onEnd` is called in the
 * turn of the abort, and once the work has settled.
 *
 * @throws {SessionError} `option_invalid` where the signal is none
 */
export const abortable = <T>(
  signal: AbortSignal | undefined,
  begin: () => { readonly work: Promise<T>; onEnd(): void },
): Promise<T> =>
  new Promise((resolve, reject) => {
    if (signal) requireType('function', signal.addEventListener, 'signal.addEventListener');
    if (signal?.aborted) return reject(signal.reason);
    const { work, onEnd } = begin();
    const end = (): void => {
      signal?.removeEventListener('abort', abort);
      onEnd();
    };
    const abort = (): void => {
      end();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort);
    void work.then(resolve, reject).finally(end);
  });
