import { describe, expect, test } from 'vitest';
import { rejoined } from '../../../src/record/rejoined.ts';
import { emptyRecord, type SessionRecord, withEnd } from '../../../src/record/sessionRecord.ts';

const NOW = 1000;

const known: SessionRecord = {
  ...emptyRecord,
  epoch: 500,
  generation: 3,
  who: 'ada',
  mark: null,
  lastActivityWallMs: 600,
};

const after = (
  found: SessionRecord,
  mine: SessionRecord,
  more: Partial<Parameters<typeof rejoined>[1]> = {},
): SessionRecord | 'by itself' => {
  const { record, isJoined } = rejoined(found, { mine, known, nowWallMs: NOW, ...more });
  return isJoined ? record : 'by itself';
};

const own = { epoch: 500, sharedSince: null };
const signedOut = withEnd(known, 'signedOut');
const renewed = { ...known, generation: 4 };
const bob: SessionRecord = { ...known, epoch: 700, generation: 1, who: 'bob' };

describe('a page that has got nothing by itself', () => {
  test.each<[string, SessionRecord]>([
    ['has been renewed', renewed],
    ['is marked', { ...known, mark: 'theirs' }],
    ['is over', signedOut],
    ['shows somebody else', bob],
    ['was lost', emptyRecord],
  ])('goes by a record that %s', (_, found) => {
    expect(after(found, { ...known, generation: 7, mark: 'mine' })).toEqual(found);
  });

  test('has been active all the same', () => {
    const mine = { ...known, lastActivityWallMs: 900 };
    expect(after(renewed, mine)).toEqual({ ...renewed, lastActivityWallMs: 900 });
    expect(after(renewed, { ...mine, lastActivityWallMs: 300 })).toEqual(renewed);
  });

  test('knows by now who is there', () => {
    const nameless = { ...known, who: '' };
    expect(after(nameless, known, { known: nameless })).toEqual(known);
  });

  test('leaves a mark that it had made there, and puts in one that it made since', () => {
    const marked = { ...known, mark: 'mine 1' };
    expect(after(marked, known, { known: marked })).toEqual(marked);
    expect(after(known, marked)).toEqual(marked);
  });

  test('has renewed what it had marked there, if nobody else has touched it', () => {
    const marked = { ...known, mark: 'mine 1' };
    expect(after(marked, renewed, { known: marked })).toEqual(renewed);
    const dated = { ...known, mark: 'theirs' };
    expect(after(dated, renewed, { known: marked })).toEqual(dated);
  });
});

describe('a page that has tokens of its own', () => {
  test.each<[string, SessionRecord, number]>([
    ['as they are, if nobody has renewed', known, 5],
    ['after those that others have renewed', { ...known, generation: 9 }, 10],
    ['instead of those that others may be renewing', { ...known, mark: 'theirs' }, 5],
  ])('has the newest: %s', (_, found, generation) => {
    const mine = { ...known, generation: 5, mark: 'mine' };
    expect(after(found, mine, { own })).toEqual({ ...known, generation, mark: null });
  });

  test('without a refresh token leaves the mark of the one that all have, and stays by itself once that is touched', () => {
    const marked = { ...known, mark: 'mine 1' };
    const more = { known: marked, own: { ...own, sharedSince: 3 } };
    expect(after(marked, renewed, more)).toEqual({ ...renewed, mark: 'mine 1' });
    for (const found of [renewed, { ...known, mark: 'theirs' }])
      expect(after(found, renewed, more)).toBe('by itself');
  });

  test('with a refresh token that came after what others have joins, and so does one of whose note nobody else made anything', () => {
    const marked = { ...known, mark: 'mine 1' };
    const mine = { ...known, generation: 5 };
    const later = { known: marked, own: { ...own, sharedSince: 4 } };
    expect(after(marked, mine, later)).toEqual({ ...known, generation: 5, mark: null });
    const noted = { ...marked, generation: 4 };
    const since = { known: marked, own: { ...own, sharedSince: 3 } };
    expect(after(noted, noted, { ...since, given: { record: noted, from: 3 } })).toEqual(noted);
    expect(after(noted, noted, { ...since, given: { record: noted, from: 4 } })).toBe('by itself');
  });

  test('that it has put into a storage goes by what others have made of them', () => {
    const mine = { ...known, generation: 4 };
    const kept = { epoch: 500, sharedSince: 4 };
    expect(after(known, mine, { own: kept })).toEqual(mine);
    for (const found of [renewed, { ...known, generation: 5 }]) {
      const returning = { mine, known: emptyRecord, own: kept, nowWallMs: NOW };
      expect(rejoined(found, returning)).toEqual({ record: found, isJoined: true, isShared: false });
    }
  });

  test('knows what it has written by a call that was given up', () => {
    expect(after(renewed, renewed, { own, given: { record: renewed, from: 3 } })).toEqual(renewed);
  });
});

describe('a sign-in in a page by itself', () => {
  test.each<[string, SessionRecord]>([
    ['whoever was there', known],
    ['who was there, and has been renewed', renewed],
    ['nobody, in a record that was lost', emptyRecord],
    ['nobody, after an end that was none of a user', withEnd(known, 'revoked')],
  ])('replaces %s', (_, found) => {
    expect(after(found, bob)).toEqual(bob);
  });

  test('is replaced by a later one, and over after a sign-out that it did not know of', () => {
    const carol = { ...known, epoch: 800, who: 'carol' };
    expect(after(carol, bob)).toBe(carol);
    expect(after(signedOut, bob)).toBe(signedOut);
    expect(after(signedOut, bob, { known: signedOut })).toEqual(bob);
  });
});

test('a sign-in in a page by itself, that others have found and renewed since, is theirs as well', () => {
  const given = { record: bob, from: 0 };
  expect(after(bob, bob, { given })).toEqual(bob);
  const found = { ...bob, generation: 2 };
  expect(after(found, bob, { given })).toEqual(found);
  const over = withEnd(found, 'signedOut');
  expect(after(over, bob, { given })).toEqual(over);
  expect(after(found, withEnd(bob, 'signedOut'), { given })).toMatchObject({ ...over, who: null });
});

describe('a sign-out in a page by itself', () => {
  test.each<[string, SessionRecord, SessionRecord]>([
    ['whatever was renewed', renewed, withEnd(renewed, 'signedOut')],
    ['a record that was lost', emptyRecord, signedOut],
  ])('holds over %s', (_, found, expected) => {
    const prompt = { promptLogin: true, promptLoginSinceWallMs: 900 };
    expect(after(found, { ...signedOut, ...prompt })).toEqual({ ...expected, ...prompt });
  });

  test('that did not know yet whether somebody is signed in ends whoever was, and nobody who has signed in since', () => {
    const prompt = { promptLogin: true, promptLoginSinceWallMs: 600 };
    const mine = { ...withEnd(emptyRecord, 'signedOut'), ...prompt };
    expect(after(renewed, mine, { known: emptyRecord })).toEqual({
      ...withEnd(renewed, 'signedOut'),
      ...prompt,
    });
    expect(after(bob, mine, { known: emptyRecord })).toBe(bob);
  });

  test('ends nobody who has signed in since, and other ends end nobody', () => {
    expect(after(bob, signedOut)).toBe(bob);
    for (const found of [known, emptyRecord]) expect(after(found, withEnd(known, 'revoked'))).toBe(found);
  });
});
