import type { TabChannel } from './tabSeams.ts';

/** Messages to the other tabs of the origin (BroadcastChannel). */
export const createBroadcastChannel = (
  name: string,
  window: Pick<Window, 'addEventListener' | 'removeEventListener'>,
): TabChannel => {
  let channel: BroadcastChannel | undefined;
  let reopen: (() => void) | undefined;

  const close = (): void => {
    channel?.close();
    channel = undefined;
  };

  return {
    post(message) {
      // `pagehide` does not always mean that the page is left: on iOS it comes when a popup opens, and the page goes on.
      if (!channel) reopen?.();
      if (channel) return channel.postMessage(message);
      // What a grant that outlived its session has brought is told all the same.
      const once = new BroadcastChannel(name);
      once.postMessage(message);
      once.close();
    },
    listen(onMessage) {
      const open = (): void => {
        // The first `pageshow` comes while answers can be on their way.
        if (channel) return;
        channel = new BroadcastChannel(name);
        channel.addEventListener('message', ({ data }) => onMessage(data));
      };
      open();
      reopen = open;
      // A page with an open channel does not get into the back/forward cache, or is thrown out of it by the next message.
      window.addEventListener('pagehide', close);
      window.addEventListener('pageshow', open);
      return () => {
        reopen = undefined;
        window.removeEventListener('pagehide', close);
        window.removeEventListener('pageshow', open);
        close();
      };
    },
  };
};
