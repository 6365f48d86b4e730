import type { Session, SessionContext } from 'token-vigil';
import type { PageSettings } from '../pageSettings.ts';
import { drawLife, type Life } from './bar.ts';
import { byId, inputById, write } from './dom.ts';
import { seconds } from './format.ts';
import { confirmSetting } from './settings.ts';
import { animate } from './ticker.ts';
import { agoMs } from './time.ts';
import { toggleButton } from './toggle.ts';

/** Shows how long the user has been away, and lets an app's own signs keep the session. */
export function showPresence(session: Session<unknown>, { idle }: PageSettings): void {
  const [panel, lastActivity] = [byId('presence'), byId('last-activity')];

  animate(() => {
    const { context } = session.actor.getSnapshot();
    drawLife(panel, context.lease ? presenceLife(context, idle.after) : undefined);
    write(lastActivity, activityText(context));
  });
  toggleButton('hold', () => session.keepAwake());
  toggleButton('film', () => runFilm(session));
  offerConfirm();
}

function presenceLife({ lastActivity, holds }: SessionContext, idleAfterMs: number): Life {
  if (holds > 0) return { totalMs: 1, leftMs: 1, text: 'held awake' };
  const left = lastActivity ? idleAfterMs - agoMs(lastActivity) : 0;
  return { totalMs: idleAfterMs, leftMs: left, text: left > 0 ? `idle in ${seconds(left)}` : 'away' };
}

function activityText({ lastActivity, lease }: SessionContext): string {
  return lease && lastActivity ? `Active ${seconds(agoMs(lastActivity))} ago` : 'Nobody is signed in';
}

/** As a player does while it plays. */
function runFilm(session: Session<unknown>): () => void {
  const timer = setInterval(() => session.touch(), 1000);
  return () => clearInterval(timer);
}

/** Options of a session do not change, so this takes a reload; the session comes through it. */
function offerConfirm(): void {
  const box = inputById('confirm');
  box.checked = confirmSetting.get();
  box.addEventListener('change', () => {
    confirmSetting.set(box.checked);
    location.reload();
  });
}
