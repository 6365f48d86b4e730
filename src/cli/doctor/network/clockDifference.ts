import type { Heard } from './createAsk.ts';

/** `Date` has whole seconds, cut off: on average the server's clock was half a second further. */
const HALF_A_SECOND_MS = 500;

/**
 * The server's clock less ours, seconds, by the middle of the exchange. `undefined`: no `Date` (RFC 9110 §6.6.1), or
 * an answer that was kept for somebody else (`Age`).
 */
export const clockDifferenceSeconds = ({ headers, sentAtMs, receivedAtMs }: Heard): number | undefined => {
  const serverMs = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(serverMs) || headers.has('age')) return undefined;
  return Math.round((serverMs + HALF_A_SECOND_MS - (sentAtMs + receivedAtMs) / 2) / 1000);
};
