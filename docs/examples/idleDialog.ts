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

  const stops = [
    session.on('warned', ({ deadline }) => {
      // An instant, not a countdown: a screen reader would read out every second of one.
      dialog.querySelector('time')!.textContent = new Date(deadline.wallMs).toLocaleTimeString();
      if (!dialog.open) dialog.showModal();
    }),
    // Whatever ended the warning: an answer here, activity in another tab, or the end itself.
    session.subscribe(() => session.actor.getSnapshot().matches({ idle: 'warning' }) || dialog.close()),
    () => dialog.remove(),
  ];
  return () => stops.forEach((stop) => stop());
};
