import type { Begun, Listed, MoreEntries } from '../viewerEvents.ts';

/** Who is told of what the server sends. */
export interface EventListeners {
  list(sessions: readonly Listed[]): void;
  begun(begun: Begun): void;
  more(more: MoreEntries): void;
  /** How it stands with the connection, in words; empty: well. */
  state(text: string): void;
}

/** Opens the stream of a session, or of the list alone. Returns a function that closes it. */
export const openEvents = (id: string | undefined, listeners: EventListeners): (() => void) => {
  const source = new EventSource(id === undefined ? '/events' : `/events?session=${encodeURIComponent(id)}`);
  const hear = (name: 'list' | 'begun' | 'more'): void =>
    source.addEventListener(name, ({ data }: MessageEvent<string>) =>
      listeners[name](JSON.parse(data) as never),
    );
  hear('list');
  hear('begun');
  hear('more');
  source.addEventListener('open', () => listeners.state(''));
  source.addEventListener('error', () =>
    listeners.state(
      source.readyState === EventSource.CLOSED
        ? 'The inspector does not know this page any more. Open the address that it has printed last.'
        : 'token-vigil inspect does not answer. What is shown stays; it is tried again.',
    ),
  );
  return () => source.close();
};
