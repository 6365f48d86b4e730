import { inside, write } from './dom.ts';
import { seconds } from './format.ts';

/** A life on a bar that burns down from right to left. Instants are told as what is left when they come. */
export interface Life {
  readonly totalMs: number;
  readonly leftMs: number;
  /** The last stretch, in which something else holds. */
  readonly zoneMs?: number | undefined;
  /** Where something is due. */
  readonly markMs?: number | undefined;
  /** In place of the time that is left. */
  readonly text?: string | undefined;
}

/** Draws a life into its markup; `undefined` is an empty bar. */
export function drawLife(parent: HTMLElement, life: Life | undefined): void {
  const share = (ms = 0) => String(life ? Math.min(1, Math.max(0, ms / life.totalMs)) : 0);
  const bar = inside(parent, '.bar');
  bar.style.setProperty('--left', share(life?.leftMs));
  bar.style.setProperty('--zone', share(life?.zoneMs));
  bar.style.setProperty('--mark', share(life?.markMs));
  bar.classList.toggle('alive', life !== undefined);
  bar.classList.toggle('in-zone', life !== undefined && life.leftMs <= (life.zoneMs ?? 0));
  write(inside(parent, '.value'), life ? (life.text ?? seconds(life.leftMs)) : '–');
  describe(bar, life);
}

/** Whole seconds: whoever has it read out gets a number that is not stale at once. */
function describe(bar: HTMLElement, life: Life | undefined): void {
  const left = String(Math.ceil(Math.max(0, life?.leftMs ?? 0) / 1000));
  if (bar.ariaValueNow === left) return;
  bar.ariaValueNow = left;
  bar.ariaValueMax = String(Math.ceil((life?.totalMs ?? 0) / 1000));
  bar.ariaValueText = life ? (life.text ?? `${left} seconds left`) : 'none';
}
