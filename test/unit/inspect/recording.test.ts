import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSessionError } from '../../../src/index.ts';
import { baseAfter } from '../../../src/inspect/backlog.ts';
import { deadlinesOf } from '../../../src/inspect/deadlinesOf.ts';
import { forecast } from '../../../src/inspect/forecast.ts';
import { inWords } from '../../../src/inspect/guardWords.ts';
import { type InspectEntry } from '../../../src/inspect/inspectEntry.ts';
import { inspectSession } from '../../../src/inspect/inspectSession.ts';
import { drawSvg } from '../../../src/inspect/chart/drawSvg.ts';
import { entryWords, failureIn } from '../../../src/inspect/panel/entryWords.ts';
import { createMoments } from '../../../src/inspect/panel/moments.ts';
import { replaySteps, replayVerdict } from '../../../src/inspect/panel/replaySteps.ts';
import { openRecording, type Recording, saveRecording } from '../../../src/inspect/recording.ts';
import { createFakeSession } from '../../../src/testing/index.ts';
import { stories } from './inspected.ts';

/** A session that has known everything: sign-ins, renewals, failures, requests, a warning and an end. */
const recorded = async (limit = 20_000): Promise<string> => {
  const session = createFakeSession({
    user: {},
    tokenOrigins: 'https://api.test',
    fetch: async () => Response.json({}),
  });
  const inspection = inspectSession(session, { limit });
  await session.enter('authenticated');
  await session.fetch('https://api.test/x');
  session.keepAwake()();
  await session.enter('backingOff');
  await session.enter('warning');
  await session.expire('switched');
  await session.signIn();
  session.stop();
  inspection.stop();
  return saveRecording(inspection);
};

test.each([20_000, 20])('with a limit of %i, what is saved is opened as it was', async (limit) => {
  const saved = await recorded(limit);
  const opened = openRecording(saved);
  expect(opened).toEqual(JSON.parse(saved));
  const kinds = new Set(opened.entries.map(({ kind }) => kind));
  expect(kinds.size).toBe(limit > 20 ? 10 : kinds.size);
});

const refusals: [string, unknown, RegExp][] = [
  ['no text', undefined, /text of a file/],
  ['nothing', '', /not JSON/],
  ['half a file', '{"format":"token-vigil-recording","entries":[', /not JSON/],
  ['a list', '[]', /not a recording/],
  ['a number', '5', /not a recording/],
  ['null', 'null', /not a recording/],
  ['JSON of another app', '{"log":{"version":"1.2","entries":[]}}', /not a recording/],
  ['a newer version', '{"format":"token-vigil-recording","version":2}', /version 2.*newer version/],
  ['no version', '{"format":"token-vigil-recording","base":null,"entries":[]}', /damaged.*version/],
  [
    'a kind that is no text',
    '{"format":"token-vigil-recording","version":1,"base":null,"entries":[{"kind":{"toString":1}}]}',
    /entry 1 of 1/,
  ],
  [
    'a kind that has no bottom',
    `{"format":"token-vigil-recording","version":1,"base":null,"entries":[{"kind":${'['.repeat(20_000)}${']'.repeat(20_000)}}]}`,
    /entry 1 of 1/,
  ],
  ['version 0', '{"format":"token-vigil-recording","version":0,"base":null,"entries":[]}', /damaged/],
  ['no beginning', '{"format":"token-vigil-recording","version":1,"entries":[]}', /beginning/],
  ['no entries', '{"format":"token-vigil-recording","version":1,"base":null}', /beginning/],
  [
    'entries that are none',
    '{"format":"token-vigil-recording","version":1,"base":null,"entries":{}}',
    /beginning/,
  ],
  [
    'an entry that is null',
    '{"format":"token-vigil-recording","version":1,"base":null,"entries":[null]}',
    /entry 1 of 1/,
  ],
];

test.each(refusals)('%s is refused, and it is said why', (_, text, why) => {
  expect(() => openRecording(text as string)).toThrow(
    expect.objectContaining({ code: 'option_invalid', message: expect.stringMatching(why) as string }),
  );
});

test('an entry that is missing is noticed', async () => {
  const file = JSON.parse(await recorded()) as { entries: unknown[] };
  file.entries.splice(7, 1);
  expect(() => openRecording(JSON.stringify(file))).toThrow(/damaged at entry 8/);
});

/** All that an inspector does with a recording. */
const use = (recording: Recording): void => {
  const moments = createMoments(recording);
  recording.entries.forEach((entry, index) => {
    const { machine, taken } = moments.at(index);
    for (const words of [entryWords(entry), ...taken.map(({ why }) => why)])
      expect(words).not.toMatch(/undefined|NaN|\[object|function/);
    failureIn(entry);
    // Each is a long way for a machine: some show as much.
    if (!machine || entry.kind !== 'step' || entry.number % 5 > 0) return;
    deadlinesOf(machine.context);
    expect(forecast(machine).length).toBeLessThanOrEqual(3);
  });
  replayVerdict(replaySteps(recording));
};

/** Every place in a JSON value: the object that holds it, and its name there. */
const placesIn = (value: unknown, path: string[] = []): string[][] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, held]) => placesOf(held, path.concat(name)));
const placesOf = (held: unknown, path: string[]): string[][] => [path].concat(placesIn(held, path));

const others: unknown[] = [
  null,
  0,
  -1,
  1e308,
  'x',
  '',
  true,
  false,
  [],
  {},
  { wallMs: 0, monotonicMs: 0 },
  'constructor',
  '__proto__',
];
const REMOVED = Symbol('removed');

test('any one value of another type is refused, wherever it is', async () => {
  const file = await recorded(40);
  const opened: string[] = [];
  for (const path of placesIn(JSON.parse(file))) {
    const damaged = JSON.parse(file) as Record<string, unknown>;
    const holder = path.slice(0, -1).reduce((held, name) => held[name] as typeof held, damaged);
    const name = path.at(-1)!;
    // A number, or a text, can be right where nothing is.
    const orNull = holder[name] === null ? [] : 'x';
    holder[name] = typeof holder[name] === 'string' ? 5 : orNull;
    try {
      openRecording(JSON.stringify(damaged));
      opened.push(path.join('.'));
    } catch (error) {
      if (!isSessionError(error)) throw error;
    }
  }
  expect(opened).toEqual([]);
});

test('any one value that is removed or changed is refused, or does no harm', async () => {
  const file = await recorded(40);
  const places = placesIn(JSON.parse(file));
  const outcomes = { refused: 0, used: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.constantFrom(REMOVED, ...others), (path, other) => {
      const damaged = JSON.parse(file) as Record<string, unknown>;
      const holder = path.slice(0, -1).reduce((held, name) => held[name] as typeof held, damaged);
      const name = path.at(-1)!;
      if (other === REMOVED && Array.isArray(holder)) holder.splice(Number(name), 1);
      else if (other === REMOVED) delete holder[name];
      else holder[name] = other;
      try {
        use(openRecording(JSON.stringify(damaged)));
        outcomes.used++;
      } catch (error) {
        if (!isSessionError(error)) throw error;
        outcomes.refused += error.message.startsWith('openRecording: ') ? 1 : Number.NaN;
      }
    }),
    { numRuns: 400 },
  );
  expect(outcomes.refused).toBeGreaterThan(150);
  expect(outcomes.used).toBeGreaterThan(20);
});

const numbered = (entries: readonly InspectEntry[]): InspectEntry[] =>
  entries.map((entry, index) => Object.assign({}, entry, { number: index + 1 }));

test('any two entries of different stories in one file are refused, or do no harm', async () => {
  const files = await Promise.all(stories.map(async ({ play }) => (await play()).inspection));
  const all = files.flatMap(({ entries }) => entries);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 6 }), (some) => {
      const entries = numbered([files[20]!.entries[0]!, ...some]);
      try {
        use(openRecording(saveRecording({ base: null, entries })));
      } catch (error) {
        if (!isSessionError(error)) throw error;
      }
    }),
    { numRuns: 200 },
  );
});

test('a huge file is opened', async () => {
  const { base, entries } = openRecording(await recorded());
  const many: InspectEntry[] = [];
  while (many.length < 100_000) for (const entry of entries) many.push({ ...entry, number: many.length + 1 });
  const opened = openRecording(saveRecording({ base, entries: many }));
  expect(opened.entries).toHaveLength(many.length);
  const moments = createMoments(opened);
  expect(moments.at(many.length - 1).machine).toEqual(many.reduce(baseAfter, base));
});

test('a moment is found as if all before it had been played, in any order', async () => {
  const { base, entries } = openRecording(await recorded());
  const many: InspectEntry[] = [];
  while (many.length < 1000) for (const entry of entries) many.push({ ...entry, number: many.length + 1 });
  const moments = createMoments({ base, entries: many });
  for (const index of [999, 200, 199, 0, 401, 399, 400, 998])
    expect(moments.at(index).machine).toEqual(many.slice(0, index + 1).reduce(baseAfter, base));
  expect(moments.at(-1)).toEqual({ machine: base, taken: [] });
});

test.each([
  [0, '0 ms'],
  [-0, '0 ms'],
  [999.6, '1 s'],
  [1000, '1 s'],
  [1540, '1.5 s'],
  [9999.9, '10 s'],
  [59_600, '1 min'],
  [270_000, '4 min 30 s'],
  [3_600_000, '1 h'],
  [5_430_000, '1 h 30 min'],
  [3_601_000, '1 h'],
  [90_000_000, '1 d 1 h'],
  [-1500, '-1.5 s'],
  [Infinity, 'an unknown time'],
  [Number.NaN, 'an unknown time'],
])('%d ms are %s', (ms, words) => {
  expect(inWords(ms)).toBe(words);
});

/** As much of a document as an SVG needs. */
interface Drawn {
  readonly tag: string;
  readonly attributes: Record<string, string>;
  readonly children: (Drawn | string)[];
}

const fakeDocument = {
  createElementNS(_: string, tag: string) {
    const drawn: Drawn = { tag, attributes: {}, children: [] };
    return Object.assign(drawn, {
      append: (child: Drawn | string) => void drawn.children.push(child),
      setAttribute: (name: string, value: string) => void (drawn.attributes[name] = value),
    });
  },
} as unknown as Document;

test('an SVG is drawn as it is written', () => {
  const text =
    '<svg viewBox="0 0 1 1">\n  <g id="s-idle" class="a b"><path d="M0 0"/><text x="1">a &lt; b &amp; c &unknown;</text></g>\n  <use href="#s-idle" />\n</svg>';
  const strip = (drawn: Drawn | string): unknown =>
    typeof drawn === 'string' ? drawn : [drawn.tag, drawn.attributes, drawn.children.map(strip)];
  expect(strip(drawSvg(fakeDocument, text) as unknown as Drawn)).toEqual([
    'svg',
    { viewBox: '0 0 1 1' },
    [
      [
        'g',
        { id: 's-idle', class: 'a b' },
        [
          ['path', { d: 'M0 0' }, []],
          ['text', { x: '1' }, ['a < b & c &unknown;']],
        ],
      ],
      ['use', { href: '#s-idle' }, []],
    ],
  ]);
});
