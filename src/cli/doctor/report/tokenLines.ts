import type { Cell, Row } from './tokenRows.ts';
import type { Terminal } from './terminal.ts';

const LABEL = 9;
const MARK = '! ';
const NO_MARK = '  ';

const marked = ({ text, isOff }: Cell): string => (isOff ? MARK : NO_MARK) + text;

const paintedCell = (cell: Cell, width: number, { paint }: Terminal): string => {
  const text = marked(cell).padEnd(width);
  return cell.isOff ? paint('red', text) : text;
};

const widest = (rows: readonly Row[], column: 'refresh' | 'access'): number =>
  Math.max(...rows.map((row) => marked(row[column]).length), 16);

const heading = (column: string): string => `${NO_MARK}${column} token`;

const sideBySide = (rows: readonly Row[], terminal: Terminal): readonly string[] => {
  const width = widest(rows, 'refresh') + 2;
  const line = ({ label, refresh, access }: Row) =>
    `  ${label.padEnd(LABEL)}${paintedCell(refresh, width, terminal)}${paintedCell(access, 0, terminal)}`;
  const head = `  ${' '.repeat(LABEL)}${heading('refresh').padEnd(width)}${heading('access')}`;
  return [head, ...rows.map(line)].map((text) => text.trimEnd());
};

const column = (rows: readonly Row[], which: 'refresh' | 'access', terminal: Terminal): readonly string[] => [
  heading(which),
  ...rows.map((row) => `  ${row.label.padEnd(LABEL)}${paintedCell(row[which], 0, terminal)}`),
];

/** The table of both tokens. */
export const tokenLines = (rows: readonly Row[], terminal: Terminal): readonly string[] => {
  if (rows.length === 0) return [];
  const needed = 2 + LABEL + widest(rows, 'refresh') + 2 + widest(rows, 'access');
  const lines =
    needed <= terminal.width
      ? sideBySide(rows, terminal)
      : [...column(rows, 'refresh', terminal), ...column(rows, 'access', terminal)];
  const isAnyOff = rows.some(({ refresh, access }) => refresh.isOff || access.isOff);
  return isAnyOff ? [...lines, '  ! does not fit'] : lines;
};
