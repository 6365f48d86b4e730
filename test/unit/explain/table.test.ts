import { describe, expect, it } from 'vitest';
import { causes } from '../../../src/explain/causes.ts';
import { explain } from '../../../src/explain/explain.ts';
import { endpointRows } from './endpointRows.ts';
import { furtherRows } from './furtherRows.ts';
import { liveRecord } from './liveRecord.ts';
import { allRecords } from './providers/allRecords.ts';
import { answerOf } from './providers/recorded.ts';
import { shapeRows } from './shapeRows.ts';

const rows = [...furtherRows, ...shapeRows, ...endpointRows];

const found = [
  ...[...liveRecord, ...rows].map(({ failure }) => failure),
  ...allRecords.map((entry) => ({ answer: answerOf(entry), request: entry.request })),
].map((failure) => explain(failure).map(({ id }) => id));

/** Nothing that a client can see sets these apart from a commoner cause. */
const neverFirst = ['session-forgotten', 'not-before-pushed'];

describe('the tables of causes', () => {
  it.each(rows)('$what: $first comes first', ({ failure, first }) => {
    expect(explain(failure)[0]).toMatchObject({ id: first });
  });

  it('every cause comes first for some evidence, but those that nothing sets apart', () => {
    const firsts = new Set(found.map(([first]) => first));
    expect(causes.map(({ id }) => id).filter((id) => !firsts.has(id))).toEqual(neverFirst);
    expect(neverFirst.filter((id) => !found.flat().includes(id))).toEqual([]);
  });

  it('ids are unique and kebab-case', () => {
    const ids = causes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
  });

  it.each(causes)('$id tells what, why, what to do and what settles it', (cause) => {
    for (const text of [cause.title, cause.looks, cause.why, cause.remedy, cause.check])
      expect(text).toMatch(/\S.{9}/);
    expect(cause.title).not.toMatch(/\.$/);
  });

  it('no check spends a token', () => {
    const sending = causes.filter(({ check }) => /\bSend (?:it|the (?:same )?request)\b/.test(check));
    expect(sending.length).toBeGreaterThan(2);
    expect(sending.filter(({ check }) => !check.includes('junk token'))).toEqual([]);
  });

  it('speaks of spaces, since a blank can be anything', () => {
    const texts = causes.flatMap(({ title, looks, why, remedy, check }) => [
      title,
      looks,
      why,
      remedy,
      check,
    ]);
    expect(texts.filter((text) => /\bblanks?\b/.test(text))).toEqual([]);
  });

  it.each(causes)('$id has a remedy that begins with a short sentence', ({ remedy }) => {
    expect(remedy.split(/(?<=[^.…])[.:;](?=\s|$)/)[0]?.length).toBeLessThanOrEqual(90);
  });
});
