type Listener = (event: unknown) => void;

/** An event target that can be counted, and whose events can be trusted. */
export class FakeTarget {
  readonly listeners = new Map<string, Set<Listener>>();

  get size(): number {
    return [...this.listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }

  addEventListener(type: string, listener: Listener): void {
    this.listeners.set(type, (this.listeners.get(type) ?? new Set()).add(listener));
  }

  removeEventListener(type: string, listener: Listener): void {
    this.listeners.get(type)?.delete(listener);
  }

  /** Sends a trusted event that arrived at `timeStamp`. */
  send(type: string, timeStamp: number, properties: object = {}): void {
    const event = { type, timeStamp, isTrusted: true, target: this, currentTarget: this, ...properties };
    for (const listener of this.listeners.get(type) ?? []) listener(event);
  }
}

class FakeDocument extends FakeTarget {
  visibilityState = 'visible';
  focused = true;
  hasFocus = (): boolean => this.focused;
}

/** A page as far as {@link watchDomActivity} looks at it. */
export class FakePage extends FakeTarget {
  readonly document = new FakeDocument();
  readonly navigation: FakeTarget | undefined;

  constructor({ hasNavigation = true } = {}) {
    super();
    this.navigation = hasNavigation ? new FakeTarget() : undefined;
  }

  /** All listeners anywhere in the page. */
  get total(): number {
    return this.size + this.document.size + (this.navigation?.size ?? 0);
  }

  get asWindow(): Window {
    return this as unknown as Window;
  }
}
