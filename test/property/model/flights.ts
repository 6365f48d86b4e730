import type { IssuedRefresh } from './mint.ts';

/** Invariant 2: which refresh grants are in flight, and which refresh tokens the page knows to be old. */
export interface Flights {
  /** A refresh grant is handed over; returns its end. */
  begin(sent: IssuedRefresh | undefined): () => void;
  /** The page has given up waiting for the answer to this one. */
  timedOut(sent: IssuedRefresh): void;
  /** How often one was sent again after that. */
  readonly resent: number;
  /** A newer token in place of this one has reached the page. */
  replaced(sent: IssuedRefresh): void;
  /** This token has reached the page. */
  received(arrived: IssuedRefresh): void;
  /** The app knows of a sign-in of this number: what belongs to an earlier one is old. */
  signedInAs(family: number): void;
  /** The page was left: its requests are nobody's any more, and what it had not put away is lost. */
  forget(): void;
}

export const createFlights = (violate: (what: string) => void): Flights => {
  const inFlight = new Set<object>();
  const old = new Set<IssuedRefresh>();
  const newest = new Map<object, number>();
  const unanswered = new Set<IssuedRefresh>();
  let resent = 0;
  let family = 0;
  return {
    timedOut: (sent) => void unanswered.add(sent),
    get resent() {
      return resent;
    },
    begin(sent) {
      const flight = {};
      inFlight.add(flight);
      if (inFlight.size > 1) violate('2: two refresh grants in flight');
      if (sent && (old.has(sent) || sent.serial < (newest.get(sent.family) ?? 0)))
        violate('2: an older refresh token was sent');
      if (sent && unanswered.has(sent)) resent++;
      if (sent && sent.family.id < family) violate('2: the refresh token of an earlier sign-in was sent');
      return () => void inFlight.delete(flight);
    },
    replaced(sent) {
      sent.isReplaced = true;
      old.add(sent);
    },
    received: ({ family: its, serial }) => void newest.set(its, Math.max(serial, newest.get(its) ?? 0)),
    signedInAs: (id) => void (family = Math.max(family, id)),
    forget() {
      inFlight.clear();
      old.clear();
      newest.clear();
      family = 0;
    },
  };
};
