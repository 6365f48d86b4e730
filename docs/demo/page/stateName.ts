import type { SessionSnapshot } from 'token-vigil';

/** Where the statechart is. */
export interface StateName {
  /** One of the five. */
  readonly top: string;
  readonly nested: string | undefined;
}

/** Reads a snapshot's value. */
export function stateNameOf({ value }: SessionSnapshot): StateName {
  if (typeof value === 'string') return { top: value, nested: undefined };
  const [top = '', nested] = Object.entries(value)[0] ?? [];
  return { top, nested };
}

/** `idle.warning`, or just `authenticated`. */
export function stateText(snapshot: SessionSnapshot): string {
  const { top, nested } = stateNameOf(snapshot);
  return nested ? `${top}.${nested}` : top;
}
