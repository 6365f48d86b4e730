import type { Milliseconds } from '../../time/clock.ts';

/** A mark that was written longer ago says nothing any more: another tab may have lost its patience with this one. */
export const MARK_LIFE_MS: Milliseconds = 5000;

/** In place of a mark: the provider has refused the refresh token of this generation, for all tabs. */
export const REFUSED = 'refused';

/** The marks by which a tab says that it is about to spend a refresh token. */
export interface Marks {
  /** A new one of this tab. */
  next(): string;
  isOurs(mark: string): boolean;
}

/** `id`: of this tab, and of no other. */
export const createMarks = (id: string): Marks => {
  let count = 0;
  return {
    next: () => `${id} ${++count}`,
    isOurs: (mark) => mark.startsWith(`${id} `),
  };
};
