import type { Life, Pass } from './life.ts';

type Work = () => Promise<unknown>;

interface How {
  readonly signal?: AbortSignal;
  readonly steal?: boolean;
}

interface Claim {
  readonly life: Life;
  readonly work: Work;
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
  isGivenUp: boolean;
}

/** The one lock of the origin, as Web Locks have it: one holder, a queue, `steal`, and nothing left of a tab that is gone. */
export const createLocks = (pass: Pass, met: (what: string) => void) => {
  let holder: Claim | undefined;
  let queue: Claim[] = [];

  const next = (): void => {
    if (holder) return;
    const claim = queue.shift();
    if (!claim) return;
    holder = claim;
    void begin(claim);
  };

  const release = (claim: Claim): void => {
    if (holder !== claim) return;
    holder = undefined;
    next();
  };

  const begin = async (claim: Claim): Promise<void> => {
    await claim.life.hop('lock granted');
    if (claim.isGivenUp) return release(claim);
    const done = claim.work().then(claim.resolve, claim.reject);
    await done;
    // The tab may be frozen by then: it has told already.
    await pass('lock released');
    release(claim);
  };

  const steal = (claim: Claim): void => {
    met('lock stolen');
    const robbed = holder;
    holder = claim;
    if (robbed) {
      if (robbed.life.isFrozen) met('lock stolen from a frozen tab');
      const reason = new DOMException('stolen', 'AbortError');
      void robbed.life.hop('lock lost').then(() => robbed.reject(reason));
    }
    void begin(claim);
  };

  const enter = async (claim: Claim, { signal, steal: steals }: How): Promise<void> => {
    await pass(`lock asked in ${claim.life.id}`);
    if (!claim.life.isAlive || claim.isGivenUp) return;
    if (steals) return steal(claim);
    queue.push(claim);
    if (holder) met('lock waited for');
    signal?.addEventListener('abort', () => (queue = queue.filter((one) => one !== claim)));
    next();
  };

  return {
    /** `navigator.locks` of this document, as far as it is used. */
    managerOf: (life: Life) => ({
      request: (_name: string, how: How, work: Work): Promise<unknown> =>
        new Promise((resolve, reject) => {
          if (how.signal?.aborted) return reject(how.signal.reason);
          const claim: Claim = { life, work, resolve, reject, isGivenUp: false };
          how.signal?.addEventListener('abort', () => {
            claim.isGivenUp = true;
            reject(how.signal?.reason);
          });
          void enter(claim, how);
        }),
    }),
    /** Whether it has, or waits for, the lock. */
    isUsedBy: (life: Life): boolean => holder?.life === life || queue.some((one) => one.life === life),
    get holder(): Life | undefined {
      return holder?.life;
    },
    /** The document is gone. */
    died(life: Life): void {
      queue = queue.filter((one) => one.life !== life);
      if (holder?.life !== life) return;
      met('lock holder gone');
      holder = undefined;
      next();
    },
  };
};

export type Locks = ReturnType<typeof createLocks>;
