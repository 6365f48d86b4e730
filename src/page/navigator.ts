import { cancelled } from '../errors/cancelled.ts';
import { isSessionError } from '../errors/sessionError.ts';
import type { Clock, Milliseconds } from '../time/clock.ts';
import { settleWithin } from '../time/settleWithin.ts';
import type { Departures, Page } from './page.ts';

/** One way out of the page. */
export interface Departure {
  /**
   * What happens while the page is being left already: what a person clicked goes ahead, what the app requires waits, and
   * what nobody would miss lets the other go and keeps its try.
   */
  readonly urgency: 'clicked' | 'required' | 'optional';
  /** The Back button does not lead here again. */
  readonly replaces: boolean;
  /** Ends it: what it was for was given up. */
  readonly signal: AbortSignal;
  /** Whether it is still wanted; asked at every turn. */
  isWanted(): boolean;
  /** Where to. */
  url(): Promise<string>;
  /** Called in the turn in which the page is left; throws where it must not be. */
  onLeaving?(): void;
}

/** Leaves the page. It settles only where the page stays: with nothing where it is being left already, else with an error. */
export type Depart = (departure: Departure) => Promise<undefined>;

/** A page that is still here by then is not left any more: the user has answered `beforeunload` with "stay". */
const LEAVE_MS: Milliseconds = 30_000;

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) return reject(cancelled());
    return signal.addEventListener('abort', () => reject(cancelled()), { once: true });
  });

/** The departure under way. A window runs this module once, and has one address bar. */
const ofWindow: Departures = {};

/** The way out of a page: one departure at a time in a window, whichever session it is for. */
export const createDepart = (page: Page, clock: Clock): Depart => {
  const departures = page.departures ?? ofWindow;

  const leave = async (departure: Departure, signal: AbortSignal): Promise<never> => {
    const requireWanted = (): void => {
      if (signal.aborted || !departure.isWanted()) throw cancelled();
    };
    requireWanted();
    const url = await departure.url();
    requireWanted();
    departure.onLeaving?.();
    page.navigate(url, { replaces: departure.replaces });
    return settleWithin(clock, LEAVE_MS, untilAborted(signal)).catch((thrown: unknown) => {
      throw isSessionError(thrown) ? thrown : cancelled('the page was not left for the provider');
    });
  };

  const begin = (departure: Departure): Promise<never> => {
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    departure.signal.addEventListener('abort', abort);
    if (departure.signal.aborted) abort();
    const left = Promise.race([leave(departure, controller.signal), untilAborted(controller.signal)]).finally(
      () => {
        departure.signal.removeEventListener('abort', abort);
        if (departures.leaving === mine) departures.leaving = undefined;
      },
    );
    const mine = { controller, ended: left.catch(() => undefined) };
    departures.leaving = mine;
    return left;
  };

  /** Begins in the turn in which the page is found free: whoever else waits for that finds it taken. */
  const beginOnceFree = async (departure: Departure): Promise<undefined> => {
    const { urgency, signal } = departure;
    const { leaving } = departures;
    if (!leaving) return begin(departure);
    if (urgency === 'optional') return undefined;
    if (urgency === 'clicked') leaving.controller.abort();
    await Promise.race([leaving.ended, untilAborted(signal)]);
    return beginOnceFree(departure);
  };

  return async (departure) => {
    const { urgency, signal } = departure;
    const seen = urgency === 'clicked' ? undefined : page.whenVisible(signal);
    await Promise.race([seen, untilAborted(signal)]);
    return beginOnceFree(departure);
  };
};
