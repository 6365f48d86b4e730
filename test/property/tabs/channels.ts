import type { Life, Pass } from './life.ts';

interface Port {
  readonly life: Life | undefined;
  readonly name: string;
  hear(data: unknown): void;
}

/**
 * Messages within the origin, as BroadcastChannel has them: to all others that are open, in the order of each sender,
 * in none against the record or the lock.
 */
export const createChannels = (
  pass: Pass,
  watch: {
    onPost(data: unknown, life: Life | undefined): void;
    onHeard(life: Life, data: unknown): void;
    onThrown(thrown: unknown): void;
  },
) => {
  const open = new Set<Port>();
  const lines = new WeakMap<Port, Map<Port, Promise<void>>>();

  const deliver = (to: Port, data: unknown): void => {
    if (!open.has(to)) return;
    if (to.life) watch.onHeard(to.life, data);
    try {
      to.hear(data);
    } catch (thrown) {
      watch.onThrown(thrown);
    }
  };

  const send = async (
    [from, to]: readonly [Port, Port],
    data: unknown,
    before: Promise<void> | undefined,
  ): Promise<void> => {
    await pass(`message to ${to.life?.id}`);
    await before;
    to.life?.run(() => {
      if (from.life && to.life && open.has(to)) to.life.hasHeard = true;
      deliver(to, data);
    });
  };

  const post = (from: Port, data: unknown): void => {
    watch.onPost(data, from.life);
    const mine = lines.get(from) ?? new Map<Port, Promise<void>>();
    lines.set(from, mine);
    for (const to of open)
      if (to !== from && to.name === from.name)
        mine.set(to, send([from, to], structuredClone(data), mine.get(to)));
  };

  return {
    /** `BroadcastChannel` as this document has it. */
    classOf: (life: Life) =>
      class {
        readonly #port: Port;
        readonly #listeners = new Set<(event: { data: unknown }) => void>();
        constructor(name: string) {
          const hear = (data: unknown): void => this.#listeners.forEach((listener) => listener({ data }));
          this.#port = { life, name, hear };
          open.add(this.#port);
        }
        addEventListener(_type: 'message', listener: (event: { data: unknown }) => void): void {
          this.#listeners.add(listener);
        }
        postMessage(data: unknown): void {
          if (!open.has(this.#port)) throw new DOMException('closed', 'InvalidStateError');
          post(this.#port, data);
        }
        close(): void {
          open.delete(this.#port);
        }
      },
    /** Another script of the origin says something. */
    postForeign: (name: string, data: unknown): void => post({ life: undefined, name, hear: () => {} }, data),
    died(life: Life): void {
      for (const port of open) if (port.life === life) open.delete(port);
    },
    openIn: (life: Life): number => [...open].filter((port) => port.life === life).length,
  };
};

export type Channels = ReturnType<typeof createChannels>;
