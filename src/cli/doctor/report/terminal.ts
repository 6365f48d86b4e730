import { styleText } from 'node:util';
import type { CliIo, Output } from '../../cliIo.ts';

type Format = Parameters<typeof styleText>[0];

/** How text looks where it goes. */
export interface Terminal {
  /** Characters in a line. */
  readonly width: number;
  paint(format: Format, text: string): string;
}

const NARROWEST = 40;
const WIDEST = 110;

/** https://no-color.org, and `FORCE_COLOR` as Node has it. */
const hasColour = (env: CliIo['env'], { isTTY }: Output): boolean => {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return !/^(0|false)$/.test(forced);
  return !env['NO_COLOR'] && env['TERM'] !== 'dumb' && isTTY === true;
};

export const terminalFor = (env: CliIo['env'], out: Output): Terminal => {
  const isColoured = hasColour(env, out);
  // A terminal that does not know its width says 0.
  const columns = out.columns || Number(env['COLUMNS']) || WIDEST;
  return {
    width: Math.min(Math.max(columns, NARROWEST), WIDEST),
    // Newer Node versions look at standard output themselves, which is not where this goes in a test.
    paint: (format, text) => (isColoured ? styleText(format, text, { validateStream: false }) : text),
  };
};
