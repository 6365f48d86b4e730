import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/explain/explain.ts';
import { hints } from '../../../src/explain/words/hints.ts';
import { consoles } from '../../../src/explain/words/consoles.ts';
import { requestsTo } from './providers/requests.ts';

const rows = hints.flatMap((saying) =>
  (saying.within ?? []).map((part) => [saying.error ?? 'some_error', part, saying.means] as const),
);
const to = requestsTo('https://id.example.com/oauth/token');

const idsOf = (failure: Parameters<typeof explain>[0]): readonly string[] =>
  explain(failure).map(({ id }) => id);

describe('A sentence that nobody knows', () => {
  it.each(rows)('beside %s is about what it speaks of: %s', (error, part, means) => {
    const found = explain({ answer: { status: 400, error, errorDescription: `Mind our ${part}, please` } });
    expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining([...means]));
    expect(found.map(({ certainty }) => certainty)).not.toContain('shown');
    expect(found.map(({ certainty }) => certainty)).not.toContain('likely');
  });

  it('points less than one that is known', () => {
    const errorDescription = 'Code not valid: the code_verifier and the redirect_uri were not looked at';
    expect(idsOf({ answer: { status: 400, error: 'invalid_grant', errorDescription } })).toEqual([
      'code-used-or-unknown',
    ]);
  });

  it('says more where it has a phrase than where it names a field', () => {
    const errorDescription = 'Invalid client secret: compare client_id and client_secret';
    expect(idsOf({ answer: { status: 401, error: 'invalid_client', errorDescription } })).toEqual([
      'client-secret-wrong',
    ]);
  });

  it('points less than what the request shows', () => {
    const [first] = explain({
      request: { ...to.exchange, encoding: 'json', contentType: 'application/json' },
      answer: { status: 400, error: 'invalid_request', errorDescription: 'Mind the code_challenge' },
    });
    expect(first).toMatchObject({ id: 'json-body' });
  });

  it('is not the one of RFC 6749, which speaks of everything', () => {
    const errorDescription =
      'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.';
    const known = idsOf({ answer: { status: 400, error: 'invalid_grant' } });
    expect(idsOf({ answer: { status: 400, error: 'invalid_grant', errorDescription } })).toEqual(known);
  });

  it('counts only beside its code', () => {
    const answer = { status: 400, isErrorUnknown: true, errorDescription: 'the session and the password' };
    expect(idsOf({ answer })).toEqual([]);
  });
});

describe('The console of a browser', () => {
  it.each(consoles.flatMap(({ within = [], means }) => within.map((part) => [part, means] as const)))(
    'says %s',
    (part, means) => {
      const found = explain({ noAnswer: 'hidden', complaint: `Error: ${part} somewhere` });
      expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining([...means]));
      expect(found.map(({ certainty }) => certainty)).not.toContain('shown');
    },
  );

  it('leaves it open without such words', () => {
    expect(idsOf({ noAnswer: 'hidden', complaint: 'TypeError: Failed to fetch' }).length).toBeGreaterThan(2);
  });
});

describe('What is said of a request that is not there', () => {
  const answer = { status: 400, error: 'invalid_grant' };

  it('rules out other grants, and makes nothing more certain', () => {
    const found = explain({ answer, mention: { grantType: 'password' } });
    expect(found.map(({ id }) => id)).toEqual(['user-credentials-wrong']);
    expect(found[0]?.certainty).toBe('possible');
  });

  it('does not count beside a request', () => {
    const request = to.refresh;
    expect(explain({ answer, request, mention: { grantType: 'password' } })).toEqual(
      explain({ answer, request }),
    );
  });

  it('is left aside where nothing would be left', () => {
    const ofDevice = { status: 400, error: 'authorization_pending' };
    expect(idsOf({ answer: ofDevice, mention: { grantType: 'password' } })).toEqual(
      idsOf({ answer: ofDevice }),
    );
  });
});
