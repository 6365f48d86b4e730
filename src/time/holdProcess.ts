/** Keeps a Node process alive until it is stopped; a page needs no such thing. Timers of the session itself are unref'd. */
export const holdProcess = (): (() => void) => {
  if (typeof document !== 'undefined') return () => {};
  const timer = setInterval(() => {}, 2 ** 30);
  return () => clearInterval(timer);
};
