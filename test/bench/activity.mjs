import { load } from './bundle.mjs';
import { measure } from './measure.mjs';

const { watchDomActivity } = await load(['src/activity/domActivity.ts']);

/** What our own function costs; the browser adds 400 to 600 ns for calling any listener (measured.md §7). */
export async function measurePointerMoves() {
  /** @type {Record<string, (event: object) => void>} */
  const heard = {};
  const place = {
    /** @param {string} type @param {(event: object) => void} listener */
    addEventListener(type, listener) {
      heard[type] = listener;
    },
    removeEventListener() {},
  };
  const clock = { setTimeout: () => 0, clearTimeout() {} };
  const stop = watchDomActivity({ window: { ...place, document: place }, clock, onActive() {} });
  const { pointermove } = heard;
  const event = { isTrusted: true, movementX: 0, movementY: 0, timeStamp: 1 };
  const moved = { ...event, movementX: 1 };
  const rows = await measure([
    { name: 'without movement', run: () => pointermove?.(event) },
    { name: 'that counts, once a second', run: () => pointermove?.(moved) },
  ]);
  stop();
  return rows;
}
