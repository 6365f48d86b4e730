import { runAppCode } from '../errors/runAppCode.ts';

/**
 * A source of signs that the user is present, such as a native bridge or a player: it starts, calls
 * `onActive` at each sign, and returns a function that stops it.
 *
 * @example
 * const player: ActivitySource = (onActive) => {
 *   video.addEventListener('play', onActive)
 *   return () => video.removeEventListener('play', onActive)
 * }
 */
export type ActivitySource = (onActive: () => void) => () => void;

/**
 * Starts several sources and returns the stop of them all. One that throws, at its start or its stop, leaves the others
 * alone; after the stop none is listened to.
 */
export const startActivitySources = (
  sources: readonly ActivitySource[],
  onActive: () => void,
): (() => void) => {
  let stopped = false;
  const sense = () => void (stopped || runAppCode(onActive));
  const stops = sources.map((source) => runAppCode(() => source(sense)));
  return () => {
    stopped = true;
    // A source in plain JavaScript may return nothing.
    for (const stop of stops.splice(0)) runAppCode(() => stop?.());
  };
};
