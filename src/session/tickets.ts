import type { Ticket } from '../grants/signIn/attempt.ts';

/** The app's pending sign-ins: their options stay out of events, and each hears of its own end. */
export interface Tickets {
  /** The ticket of this number, while it is pending. */
  find(number: number | null): Ticket | undefined;
  /** Returns its number. */
  open(ticket: Ticket): number;
  /** It is pending no more. */
  close(number: number): void;
  /** Called with the number of each ticket that is closed. */
  onClosed(listener: (number: number) => void): void;
}

/** None yet. */
export const createTickets = (): Tickets => {
  const tickets = new Map<number | null, Ticket>();
  let count = 0;
  let tellClosed: ((number: number) => void) | undefined;
  return {
    find: (number) => tickets.get(number),
    open(ticket) {
      tickets.set(++count, ticket);
      return count;
    },
    close(number) {
      tickets.delete(number);
      tellClosed?.(number);
    },
    onClosed: (listener) => void (tellClosed = listener),
  };
};
