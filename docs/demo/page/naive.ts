import type { Deadline, Session } from 'token-vigil';
import { createNaiveClient, type NaiveClient } from '../naiveClient.ts';
import { drawLife, type Life } from './bar.ts';
import { byId } from './dom.ts';
import { seconds } from './format.ts';
import { animate } from './ticker.ts';
import { leftMs } from './time.ts';

/** What is known of the token that it copied; the token itself is its own affair. */
interface Copied {
  readonly deadline: Deadline;
  readonly lifeMs: number;
}

/** Puts a naive client beside the session, which takes tokens as any app can, and shows how old its copy is. */
export function showNaive(session: Session<unknown>): NaiveClient {
  let copied: Copied | undefined;

  const client = createNaiveClient(async () => {
    const token = await session.getAccessToken();
    const { lease } = session.actor.getSnapshot().context;
    copied = lease ? { deadline: lease.accessDeadline, lifeMs: lease.lifeMs } : undefined;
    return token;
  });
  followSignIns(session, client, () => (copied = undefined));
  animate(() => drawLife(byId('copy'), copied && lifeOf(copied)));
  return client;
}

/** It copies the token of whoever signs in, and keeps none of whoever has left. */
function followSignIns(session: Session<unknown>, client: NaiveClient, onEnd: () => void): void {
  let epoch: number | undefined;

  function look(): void {
    const now = session.actor.getSnapshot().context.lease?.epoch;
    if (now === epoch) return;
    epoch = now;
    client.forget();
    onEnd();
    // It may end in the same moment; then there is nothing to copy.
    if (now !== undefined) client.prepare().catch(() => {});
  }
  session.subscribe(look);
  look();
}

/** The session takes a second off every life, since servers count whole ones. The API takes the copy for as long. */
const reserveMs = 1000;

function lifeOf({ deadline, lifeMs }: Copied): Life {
  const left = leftMs(deadline) + reserveMs;
  const text = left > 0 ? seconds(left) : `expired ${seconds(-left)} ago`;
  return { totalMs: lifeMs + reserveMs, leftMs: left, text };
}
