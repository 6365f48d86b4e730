import { formText } from '../requestFromParts.ts';

const NAME = /^[\w.-]{1,60}:?$/;
const PAIR = /^([\w.-]{1,60})(?::|\t)\s*(.*)$/;

type Pair = readonly [name: string, value: string];

/** A name and its value may stand on a line each. */
const pairsIn = (sent: string): readonly Pair[] | undefined => {
  const lines = sent.split('\n').map((line) => line.trim());
  const isEach = lines.length % 2 === 0 && lines.every((line, at) => at % 2 === 1 || NAME.test(line));
  const joined = isEach ? lines.map((line, at) => `${line.replace(/:$/, '')}:${lines[at + 1]}`) : lines;
  const pairs = joined.filter((_line, at) => !isEach || at % 2 === 0).map((line) => PAIR.exec(line));
  return pairs.every((pair) => pair !== null) ? pairs.map(([, name, value]) => [name!, value!]) : undefined;
};

/** Firefox puts every value in quotation marks. */
const withoutMarks = (pairs: readonly Pair[]): readonly Pair[] =>
  pairs.every(([, value]) => /^".*"$/.test(value))
    ? pairs.map(([name, value]) => [name, value.slice(1, -1)])
    : pairs;

/** The form whose fields developer tools list, a line each or two; `undefined`: it is something else. */
export const listedForm = (sent: string): string | undefined => {
  const pairs = pairsIn(sent);
  return pairs && formText(withoutMarks(pairs));
};
