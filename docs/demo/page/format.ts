/** `7.3 s`. */
export const seconds = (ms: number): string => `${(Math.max(0, ms) / 1000).toFixed(1)} s`;

/** `14:05:09`. */
export const clockTime = (wallMs: number): string =>
  new Date(wallMs).toLocaleTimeString([], { hour12: false });

/** `412 ms`. */
export const milliseconds = (ms: number): string => `${Math.round(ms)} ms`;
