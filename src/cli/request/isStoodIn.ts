import type { HttpRequest } from '../curl/httpRequest.ts';

/** What people and programs put in place of what nobody is to see. */
const BLACKED_OUT =
  /^\s*(?:bearer\s+|basic\s+)?(?:[*•●█xX]{3,}|[<[({]*(?:redacted|hidden|masked|removed|omitted|censored|secret removed|snip(?:ped)?|scrubbed)[>\])}]*|[\w+/=-]*(?:…|\.{3}|\*{3,}|•{3,}|\[\.{3}\])[\w+/=.-]*)\s*$/i;
const LONGEST = 300;

/** Whether a value was blacked out by whoever copied it. */
const isBlackedOut = (value: string): boolean => value.length < LONGEST && BLACKED_OUT.test(value);

/** Whether something else was sent in place of this value. */
export const isStoodIn = (value: string, { filledIn = [] }: Pick<HttpRequest, 'filledIn'>): boolean =>
  isBlackedOut(value) || filledIn.some((each) => value.includes(each));
