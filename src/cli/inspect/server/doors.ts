import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from './refusal.ts';

/** Who may come in. */
export interface Doors {
  /** A name of somebody else that leads here is DNS rebinding: its page would count as one of ours. */
  requireOwnHost(headers: IncomingHttpHeaders): void;
  /** Only our own page reads; `isOpening`: or the address bar. */
  requireOwnPage(headers: IncomingHttpHeaders, isOpening: boolean): void;
  /** The page that sends entries; `undefined`: it is a process. */
  requireSender(headers: IncomingHttpHeaders): string | undefined;
}

const LOOPBACK = /^https?:\/\/(?:localhost|[\w.-]+\.localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/** `origins`: of apps elsewhere that may send. */
export const createDoors = (port: number, origins: readonly string[]): Doors => {
  const hosts = new Set(['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`));
  const isSender = (origin: string): boolean => LOOPBACK.test(origin) || origins.includes(origin);

  return {
    requireOwnHost({ host }) {
      if (!hosts.has(host?.toLowerCase() ?? ''))
        throw new Refusal(403, `This is the inspector of token-vigil at http://127.0.0.1:${port}`);
    },
    requireOwnPage({ host, origin, ...headers }, isOpening) {
      const site = headers['sec-fetch-site'];
      const isOwn = site === undefined || site === 'same-origin' || (isOpening && site === 'none');
      if (isOwn && (origin === undefined || origin === `http://${host}`)) return;
      throw new Refusal(
        403,
        isOpening
          ? 'Another page must not open the inspector. Paste its address into the address bar'
          : 'Another page must not read what the inspector shows',
      );
    },
    requireSender({ origin, ...headers }) {
      const site = headers['sec-fetch-site'];
      const isAllowed = origin === undefined ? site === undefined || site === 'none' : isSender(origin);
      if (isAllowed) return origin;
      throw new Refusal(
        403,
        'Pages of this origin must not send. Name it: token-vigil inspect --origin <origin>',
      );
    },
  };
};
