/** One lock for all tabs of a session. */
export interface TabLock {
  /**
   * Runs `work` while this tab holds the lock, and settles as it does. `work` goes on where the lock is stolen from it, and
   * `lost` tells it. `signal` gives up the wait, where `work` has not begun; `steal` takes the lock from whoever holds it.
   */
  hold<T>(
    work: (lost: AbortSignal) => Promise<T>,
    how?: { readonly signal?: AbortSignal; readonly steal?: true },
  ): Promise<T>;
}

/** Messages between the tabs of a session: to all others, not to oneself. */
export interface TabChannel {
  post(message: unknown): void;
  /** Returns its stop, which closes the channel. */
  listen(onMessage: (message: unknown) => void): () => void;
}

/** What tabs of one session have in common beside the record. */
export interface TabSeams {
  readonly lock: TabLock;
  readonly channel: TabChannel;
}
