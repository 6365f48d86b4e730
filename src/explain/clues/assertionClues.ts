import { parseUrl } from '../../url/parseUrl.ts';
import type { Clue } from '../cause.ts';
import type { Facts } from '../facts.ts';
import type { TokenShape } from '../failedGrant.ts';
import { clue, quoted } from './clue.ts';
import { inWords } from './inWords.ts';

/** How far two clocks may differ before a time says nothing. */
const SLACK_SECONDS = 60;
/** The longest life that the strictest providers allow. */
const LONGEST_LIFE_SECONDS = 3600;

type Which = 'clientAssertion' | 'assertion';

const assertionIn = ({ request }: Facts, which: Which): TokenShape | undefined => request?.[which];

/** The server's clock, as it answered or by the difference that was seen. */
const serverSeconds = ({ answer, serverNowSeconds }: Facts): number | undefined =>
  answer?.dateSeconds ?? serverNowSeconds;

const endOf = (facts: Facts, which: Which): number | undefined => assertionIn(facts, which)?.expiresAtSeconds;

/** By the clock of the server only: an assertion that was pasted later has run out by now, whatever was wrong with it. */
export const assertionExpired = (which: Which): Clue =>
  clue(
    (facts) => {
      const [end, now] = [endOf(facts, which), serverSeconds(facts)];
      return end !== undefined && now !== undefined && now >= end;
    },
    (facts) =>
      `The assertion had expired ${inWords((serverSeconds(facts) ?? 0) - (endOf(facts, which) ?? 0))} before the server's time.`,
  );

const startOf = (facts: Facts, which: Which): number | undefined => {
  const { issuedAtSeconds, notBeforeSeconds } = assertionIn(facts, which) ?? {};
  const starts = [issuedAtSeconds, notBeforeSeconds].filter((start) => start !== undefined);
  return starts.length > 0 ? Math.max(...starts) : undefined;
};

export const assertionTooEarly = (which: Which): Clue =>
  clue(
    (facts) => {
      const [start, now] = [startOf(facts, which), serverSeconds(facts)];
      return start !== undefined && now !== undefined && start > now + SLACK_SECONDS;
    },
    (facts) =>
      `The assertion begins ${inWords((startOf(facts, which) ?? 0) - (serverSeconds(facts) ?? 0))} after the server's time.`,
  );

const lifeOf = (facts: Facts, which: Which): number => {
  const { issuedAtSeconds, expiresAtSeconds } = assertionIn(facts, which) ?? {};
  return issuedAtSeconds === undefined || expiresAtSeconds === undefined
    ? 0
    : expiresAtSeconds - issuedAtSeconds;
};

export const assertionTooLong = (which: Which): Clue =>
  clue(
    (facts) => lifeOf(facts, which) > LONGEST_LIFE_SECONDS,
    (facts) => `The assertion is to live ${inWords(lifeOf(facts, which))}.`,
  );

export const assertionWithoutKey = (which: Which): Clue =>
  clue(
    (facts) => /^(none|HS\d+)$/.test(assertionIn(facts, which)?.algorithm ?? ''),
    (facts) =>
      `The assertion says \`alg\` ${quoted(assertionIn(facts, which)?.algorithm)}, which is no private key.`,
  );

const hostOf = (address: string): string | undefined => parseUrl(address)?.host;

/** Providers take their issuer or their endpoint as audience; both are of the host that is asked. */
export const assertionForOtherHost = (which: Which): Clue =>
  clue(
    (facts) => {
      const audience = assertionIn(facts, which)?.audience ?? [];
      const hosts = audience.map(hostOf).filter((host) => host !== undefined);
      return facts.url !== undefined && hosts.length > 0 && !hosts.includes(facts.url.host);
    },
    (facts) =>
      `The assertion is made for ${quoted(assertionIn(facts, which)?.audience?.[0])}, the request goes to ${quoted(facts.url?.origin)}.`,
  );

export const assertionOfOther: Clue = clue(({ request }) => {
  const { issuer, subject } = request?.clientAssertion ?? {};
  const names = [issuer, subject, request?.clientId].filter((name) => name !== undefined);
  return new Set(names).size > 1;
}, '`iss`, `sub` and `client_id` are not all the same.');

export const assertionWithoutId: Clue = clue(
  ({ request }) => request?.clientAssertion?.hasId === false,
  'The assertion has no `jti`.',
);
