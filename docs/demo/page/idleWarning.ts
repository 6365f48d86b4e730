import type { Session } from 'token-vigil';
import { byId, onClick, write } from './dom.ts';
import { clockTime } from './format.ts';
import { animate } from './ticker.ts';
import { leftMs } from './time.ts';
import { confirmSetting } from './settings.ts';

/** Warns before an idle session ends, as WCAG 2.2.1 and the alertdialog pattern ask for. */
export function showIdleWarning(session: Session<unknown>): void {
  const dialog = byId('warning') as HTMLDialogElement;
  let endsAt = { wallMs: 0, monotonicMs: 0 };
  const drawCountdown = () => write(byId('countdown'), String(Math.ceil(leftMs(endsAt) / 1000)));
  const isWarning = () => session.actor.getSnapshot().matches({ idle: 'warning' });

  session.on('warned', ({ deadline }) => {
    endsAt = deadline;
    write(byId('warning-text'), textFor(deadline.wallMs));
    drawCountdown();
    if (!dialog.open) dialog.showModal();
  });
  // Whatever ended the warning: an answer here, activity, or the end itself.
  session.subscribe(() => isWarning() || dialog.close());
  dialog.addEventListener('cancel', () => session.stay());
  onClick('stay', () => session.stay());
  onClick('leave', () => void session.signOut());
  animate(() => void (dialog.open && drawCountdown()));
}

/** An instant, not a countdown: a screen reader would read out every second of one. */
function textFor(wallMs: number): string {
  const how = confirmSetting.get() ? 'Answer to stay.' : 'Move the mouse or press a key to stay.';
  return `You will be signed out at ${clockTime(wallMs)}. ${how}`;
}
