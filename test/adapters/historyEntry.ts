/**
 * The entry of this frame's history that is shown now: one that takes its place keeps the key, and one that is added has another.
 * The length of the history says less, since Chromium keeps no more than 50 entries.
 */
export const historyEntry = (): string | undefined => navigation.currentEntry?.key;
