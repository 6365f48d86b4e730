import type { Session, Stop } from 'token-vigil';

/** An idle warning by WCAG 2.2.1 and the alertdialog pattern: announced, focused, answered with one key. */
export const showIdleWarnings = (session: Session<unknown>): Stop => {
  const dialog = document.createElement('dialog');
  dialog.role = 'alertdialog';
  dialog.innerHTML = `
    <h2 id="idle-title">Are you still there?</h2>
    <p id="idle-text">You will be signed out at <time></time>.</p>
    <button name="stay" autofocus>Stay signed in</button>
    <button name="leave">Sign out</button>`;
  dialog.setAttribute('aria-labelledby', 'idle-title');
  dialog.setAttribute('aria-describedby', 'idle-text');
  dialog.addEventListener('cancel', () => session.stay()); // the Escape key
  dialog.querySelector('[name=stay]')?.addEventListener('click', () => session.stay());
  dialog.querySelector('[name=leave]')?.addEventListener('click', () => void session.signOut());
  document.body.append(dialog);

  /** As of now, so that a page that is reloaded, or a dialog that is made, during the warning shows it too. */
  const show = (): void => {
    const { warning } = session;
    // An answer here, activity in another tab, or the end itself.
    if (!warning) return dialog.close();
    // An instant, not a countdown: a screen reader would read out every second of one.
    dialog.querySelector('time')!.textContent = new Date(warning.deadline.wallMs).toLocaleTimeString();
    if (!dialog.open) dialog.showModal();
  };
  const stop = session.select(({ warning }) => warning).subscribe(show);
  show();
  return () => {
    stop();
    dialog.remove();
  };
};
