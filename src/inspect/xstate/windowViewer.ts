import { isHello, type Viewer } from './viewer.ts';

/** A viewer in a frame, or in a window of its own. Only what comes from there, and from its origin, is listened to. */
export const windowViewer = (
  page: Window,
  { origin }: URL,
  target: () => Window | null,
  close: () => void = () => undefined,
): Viewer => {
  const listening = new AbortController();
  const { signal } = listening;
  let hello: (() => void) | undefined;
  let hasAsked = false;

  const listen = ({ source, origin: from, data }: MessageEvent<unknown>): void => {
    if (source !== target() || from !== origin || !isHello(data)) return;
    hasAsked = true;
    hello?.();
  };
  page.addEventListener('message', listen, { signal });

  return {
    onHello(listener) {
      hello = listener;
      if (hasAsked) listener();
    },
    post: (message) => target()?.postMessage(message, origin),
    stop() {
      listening.abort();
      hello = undefined;
      close();
    },
  };
};
