import type { Session, SessionContext } from 'token-vigil';
import type { PageSettings } from '../pageSettings.ts';
import { drawLife, type Life } from './bar.ts';
import { byId, inside, onClick, write } from './dom.ts';
import { animate } from './ticker.ts';
import { leftMs } from './time.ts';

type Lease = NonNullable<SessionContext['lease']>;

/** Lets both tokens burn down. */
export function showTokens(session: Session<unknown>, { idle }: PageSettings): void {
  const [own, access, refresh] = [byId('own'), byId('access'), byId('refresh')];
  const generation = inside(access, '.generation');

  onClick('renew', () => void session.renew().catch(() => {}));
  animate(() => {
    const { lease } = session.actor.getSnapshot().context;
    const life = lease ? accessLife(lease) : undefined;
    drawLife(access, life);
    drawLife(own, life);
    drawLife(refresh, lease ? refreshLife(lease, idle.warnBefore) : undefined);
    write(generation, lease ? `#${lease.generation}` : '');
  });
}

function accessLife({ accessDeadline, freshUntil, renewAt, lifeMs }: Lease): Life {
  return {
    totalMs: lifeMs,
    leftMs: leftMs(accessDeadline),
    zoneMs: accessDeadline.wallMs - freshUntil.wallMs,
    markMs: renewAt ? accessDeadline.wallMs - renewAt.wallMs : undefined,
  };
}

function refreshLife({ refreshDeadline, sentAt }: Lease, warnBeforeMs: number): Life {
  if (!refreshDeadline) return { totalMs: 1, leftMs: 1, text: 'no known end' };
  return {
    totalMs: refreshDeadline.wallMs - sentAt.wallMs,
    leftMs: leftMs(refreshDeadline),
    zoneMs: warnBeforeMs,
  };
}
