import { objectIn } from '../../doctor/network/objectIn.ts';

type Said = Readonly<Record<string, unknown>>;

/** A name and a string as Python prints a dictionary, as a console prints an object, or as JSON that is cut off. */
const PAIR =
  /(?:^|[{,\s])["']?(?<name>[a-z_]\w{1,40})["']?\s*[:=]\s*(?:"(?<double>(?:[^"\\\n]|\\.){0,2000})"|'(?<single>(?:[^'\\\n]|\\.){0,2000})'|(?<number>\d{1,10})\b)/gi;

const MOST_PAIRS = 50;

const unescaped = (text: string): string => text.replaceAll(/\\(["'\\/])/g, '$1');

const pairsIn = (text: string): Said => {
  const pairs: [string, unknown][] = [];
  for (const { groups = {} } of text.matchAll(PAIR)) {
    const { name = '', double, single, number } = groups;
    pairs.push([name, number === undefined ? unescaped(double ?? single ?? '') : Number(number)]);
    if (pairs.length === MOST_PAIRS) break;
  }
  return Object.fromEntries(pairs);
};

const formIn = (text: string): Said | undefined =>
  /^\s*error=[^\s{<]*$/.test(text.trim()) ? Object.fromEntries(new URLSearchParams(text.trim())) : undefined;

const inQuotes = (text: string): string =>
  /^\s*(?:b?'\s*\{[^]*\}\s*'|b?"\s*\{[^]*\}\s*")\s*$/.test(text)
    ? text
        .trim()
        .replace(/^b?["']/, '')
        .slice(0, -1)
    : text;

/** Windows PowerShell breaks its lines wherever they end; 7 puts a bar in front of what follows. */
const onOneLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/^\s*\| /, '').trim())
    .join(' ');

/** What an answer says by name: JSON, and what somebody's program made of JSON; GitHub answers a form. */
export const looseObject = (written: string): Said | undefined => {
  const text = inQuotes(written);
  const exact = objectIn(text) ?? objectIn(onOneLine(text)) ?? objectIn(unescaped(text)) ?? formIn(text);
  if (exact || !/^\s*\{/.test(text)) return exact;
  const pairs = pairsIn(text);
  return Object.keys(pairs).length > 0 ? pairs : undefined;
};
