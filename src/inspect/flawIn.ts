import { type Base, momentsOf } from './backlog.ts';
import { base, inspectEntry } from './entryShape.ts';
import type { InspectEntry } from './inspectEntry.ts';
import { isPossible } from './isPossible.ts';

/** Of the entries; grows when an older inspector could not read them any more. */
export const ENTRIES_VERSION = 1;

/** Why what claims to be entries and their beginning cannot be shown. */
export type Flaw =
  /** It says no version at all. */
  | { readonly kind: 'version' }
  | { readonly kind: 'newer'; readonly version: number }
  /** What the machine knew before is missing, or there are no entries at all. */
  | { readonly kind: 'beginning' }
  | { readonly kind: 'entry'; readonly place: number; readonly count: number };

const isBase = (value: unknown): value is Base | null =>
  value === null || (base.fits(value) && isPossible(value as Base));

/** Where it stops to be whole: an entry is damaged or missing, or the machine cannot have known what it tells. */
const damageIn = (from: Base | null, entries: readonly unknown[]): number => {
  let machine = from;
  let expected: number | undefined;
  return entries.findIndex((value) => {
    if (!inspectEntry.fits(value)) return true;
    const entry = value as InspectEntry;
    if (expected !== undefined && entry.number !== expected) return true;
    expected = entry.number + 1;
    const moments = momentsOf(machine, entry);
    machine = moments.at(-1) ?? null;
    return !moments.every((moment) => moment === null || isPossible(moment));
  });
};

/** Looks at entries that come from elsewhere: from a file, or from another process. */
export const flawIn = ({ version, base: from, entries }: Record<string, unknown>): Flaw | null => {
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return { kind: 'version' };
  if (version > ENTRIES_VERSION) return { kind: 'newer', version };
  if (!isBase(from) || !Array.isArray(entries)) return { kind: 'beginning' };
  const damaged = damageIn(from, entries);
  return damaged < 0 ? null : { kind: 'entry', place: damaged + 1, count: entries.length };
};
