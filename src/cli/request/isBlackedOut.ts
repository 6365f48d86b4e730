/** What people and programs put in place of what nobody is to see. */
const BLACKED_OUT =
  /^\s*(?:bearer\s+|basic\s+)?(?:[*•●█]{3,}|[xX]{3,}|<[^<>\n]{1,100}>|your[-_ ][\w. -]{1,60}|[<[({]*(?:redacted|hidden|masked|removed|omitted|censored|snip(?:ped)?|scrubbed)[>\])}]*|[\w+/=-]*(?:…|\.{3}|\*{3,}|•{3,}|\[\.{3}\])[\w+/=.-]*)\s*$/i;

/** What stands for a value that somebody has, such as the content of a file. */
export const UNKNOWN_VALUE = '***';

const LONGEST = 300;

/** Whether a value was blacked out by whoever copied it. */
export const isBlackedOut = (value: string): boolean => value.length < LONGEST && BLACKED_OUT.test(value);
