import { byId, make } from './dom.ts';
import { clockTime, milliseconds } from './format.ts';

/** A line of the journal. Nothing in it is a token. */
export interface Entry {
  readonly what: string;
  /** The statechart's state when it began. */
  readonly state: string;
  readonly result: string;
  readonly tone: 'good' | 'held' | 'bad' | 'plain';
  readonly waitedMs?: number | undefined;
  /** Which token set a request took. */
  readonly generation?: number | undefined;
  /** Something the session told by itself. */
  readonly isFact?: boolean;
}

const longest = 300;

/** Puts a line on top. */
export function enter(entry: Entry): void {
  const body = byId('journal') as HTMLTableSectionElement;
  body.prepend(rowOf(entry));
  body.rows[longest]?.remove();
}

function rowOf({ what, state, result, tone, waitedMs, generation, isFact }: Entry): HTMLTableRowElement {
  const row = make('tr', '', isFact ? 'fact' : '');
  row.dataset['state'] = state.split('.')[0];
  row.append(
    make('td', clockTime(Date.now()), 'when'),
    make('td', what),
    make('td', state, 'where'),
    make('td', result, tone),
    make('td', waitedMs === undefined ? '' : milliseconds(waitedMs), 'number waited'),
    make('td', generation === undefined ? '' : `#${generation}`, 'number'),
  );
  return row;
}
