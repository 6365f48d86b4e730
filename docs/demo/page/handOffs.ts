/** The moment the gate let a request through. */
interface HandOff {
  readonly atMs: number;
  /** Which token set it took. */
  readonly generation: number | undefined;
}

/** When requests were handed to the network, by their address. */
export interface HandOffs {
  note(input: RequestInfo | URL, generation: number | undefined): void;
  take(address: string): HandOff | undefined;
}

/** Nothing was handed over yet. Only what a page asks for as a string is noted. */
export function createHandOffs(): HandOffs {
  const handOffs = new Map<string, HandOff>();

  return {
    note(input, generation) {
      if (typeof input === 'string') handOffs.set(input, { atMs: performance.now(), generation });
    },
    take(address) {
      const found = handOffs.get(address);
      handOffs.delete(address);
      return found;
    },
  };
}
