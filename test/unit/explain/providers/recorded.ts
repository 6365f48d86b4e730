import { describe, expect, it } from 'vitest';
import type { Cause, KnownProvider } from '../../../../src/explain/cause.ts';
import { causes } from '../../../../src/explain/causes.ts';
import { explain } from '../../../../src/explain/explain.ts';
import type { FailedGrant, GrantAnswer, RequestShape } from '../../../../src/explain/failedGrant.ts';
import { nowSeconds } from '../evidence.ts';
import { furtherRows } from '../furtherRows.ts';
import { liveRecord } from '../liveRecord.ts';
import { shapeRows } from '../shapeRows.ts';
import type { Saying } from '../../../../src/explain/words/saying.ts';
import { sayings } from '../../../../src/explain/words/withProviderWords.ts';

/** An answer of a provider, and the cause that comes first. */
export interface Recorded {
  readonly status: number;
  readonly error: string;
  readonly description?: string;
  readonly request?: RequestShape;
  /** The cause that comes first. */
  readonly first: string;
  /** Where the wording is public. */
  readonly source: string;
}

export const answerOf = ({ status, error, description }: Recorded): GrantAnswer => ({
  status,
  error,
  errorDescription: description,
  contentType: 'application/json',
});

const has = (text: string | undefined, part: string): boolean =>
  text?.toLowerCase().includes(part.toLowerCase()) ?? false;

/** One entry for each sentence, and one where the code says it all. */
const partsOf = ({ words = [], within = [], error }: Saying): readonly string[] => {
  const parts = [...words, ...within];
  return parts.length > 0 ? parts : [error ?? ''];
};

/** Without a request, or of no grant, it is said of the sign-in page. */
const isAsked = ({ grants }: Saying, request: RequestShape | undefined): boolean =>
  grants === undefined || grants.includes(request?.grantType ?? '') || (grants.length === 0 && !request);

const isHitBy = (saying: Saying, part: string, { error, description, request, first }: Recorded): boolean =>
  isAsked(saying, request) &&
  (saying.error === undefined || saying.error === error) &&
  has(saying.words || saying.within ? description : error, part) &&
  [...saying.means, ...(saying.orIfSeen ?? [])].includes(first);

/** What shows a cause, whoever refuses it. */
const showing = (id: string): readonly FailedGrant[] =>
  [...liveRecord, ...furtherRows, ...shapeRows]
    .filter(({ first, failure }) => first === id && failure.request)
    .map(({ failure }) => failure);

/** The same request to another provider, with a token of nobody's. */
const sentTo = (url: string, request: RequestShape | undefined): RequestShape | undefined =>
  request && {
    ...request,
    url,
    refreshToken: request.refreshToken && { ...request.refreshToken, issuer: undefined },
  };

/** Whether a cause is among those that explain this answer to a request that shows it. */
const isNamedToo = (id: string, entry: Recorded): boolean =>
  showing(id).some((shown) => {
    const answer = { ...answerOf(entry), dateSeconds: shown.answer?.dateSeconds };
    const request = sentTo(entry.request?.url ?? '', shown.request);
    const found = explain({ answer, request, nowSeconds, server: { clockDifferenceSeconds: 0 } });
    return found.some((cause) => cause.id === id);
  });

const byId = new Map<string, Cause>(causes.map((cause) => [cause.id, cause]));

/** What is true of every provider's words. */
export const testProvider = (provider: KnownProvider, record: readonly Recorded[]): void =>
  testSayings(provider, sayings[provider] ?? [], record);

/** The same of words that are of no provider that is known by its address. */
export const testSayings = (provider: string, said: readonly Saying[], record: readonly Recorded[]): void => {
  describe(`what ${provider} was seen to answer`, () => {
    it.each(record)('$status $error $description: $first comes first', (entry) => {
      expect(explain({ answer: answerOf(entry), request: entry.request })[0]?.id).toBe(entry.first);
      expect(entry.source).toMatch(/\w{3}/);
    });

    it.each(said.flatMap((saying) => partsOf(saying).map((part) => [part, saying] as const)))(
      '%j is said in the record, and means what the record says',
      (part, saying) => {
        expect(record.filter((entry) => isHitBy(saying, part, entry))).not.toEqual([]);
      },
    );

    it.each(
      said.flatMap((saying) =>
        (saying.orIfSeen ?? []).map((id) => [partsOf(saying)[0] ?? '', id, saying] as const),
      ),
    )('%j means %s as well, where the request shows it', (_part, id, saying) => {
      const entries = record.filter((entry) => partsOf(saying).some((part) => isHitBy(saying, part, entry)));
      expect(entries.some((entry) => isNamedToo(id, entry))).toBe(true);
    });

    it.each(said)('$words$within$error means causes that there are, of this provider or of all', (saying) => {
      for (const id of [...saying.means, ...(saying.orIfSeen ?? [])])
        expect(['any', provider]).toContain(byId.get(id)?.provider);
    });
  });
};
