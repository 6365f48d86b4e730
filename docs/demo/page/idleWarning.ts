import type { Session } from 'token-vigil';
import { byId, onClick, write } from './dom.ts';
import { clockTime } from './format.ts';
import { animate } from './ticker.ts';
import { leftMs } from './time.ts';
import { confirmSetting } from './settings.ts';

/** Warns before an idle session ends, as WCAG 2.2.1 and the alertdialog pattern ask for. */
export function showIdleWarning(session: Session<unknown>): void {
  const dialog = byId('warning') as HTMLDialogElement;
  const drawCountdown = () => {
    const { warning } = session.view;
    if (warning) write(byId('countdown'), String(Math.ceil(leftMs(warning.deadline) / 1000)));
  };

  /** As of now, so that a page that is made during the warning shows it too. */
  const show = () => {
    const { warning } = session.view;
    // Whatever ended the warning: an answer here, activity, or the end itself.
    if (!warning) return dialog.close();
    write(byId('warning-text'), textFor(warning.deadline.wallMs));
    drawCountdown();
    if (!dialog.open) dialog.showModal();
  };
  session.select(({ warning }) => warning).subscribe(show);
  show();
  dialog.addEventListener('cancel', () => session.stay());
  onClick('stay', () => session.stay());
  onClick('leave', () => void session.signOut());
  animate(drawCountdown);
}

/** An instant, not a countdown: a screen reader would read out every second of one. */
function textFor(wallMs: number): string {
  const how = confirmSetting.get()
    ? 'Choose “Stay signed in” to stay.'
    : 'Move the mouse, press a key or touch the screen to stay.';
  return `You will be signed out at ${clockTime(wallMs)}. ${how}`;
}
