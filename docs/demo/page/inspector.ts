import type { Session } from 'token-vigil';
import { openInspector } from 'token-vigil/inspect';
import { byId } from './dom.ts';

/** Set while the inspector is open: a sign-in by redirect comes back to it. */
const KEY = 'demo-inspector';

/** Lets the visitor watch the session from inside. */
export function offerInspector(session: Session<unknown>): void {
  const button = byId('inspector');
  let closed: Promise<() => void> | undefined;

  button.addEventListener('click', () => void (closed ? close() : open()));
  if (sessionStorage.getItem(KEY)) void open();

  function show(isOpen: boolean): void {
    button.ariaPressed = String(isOpen);
    if (isOpen) sessionStorage.setItem(KEY, 'open');
    else sessionStorage.removeItem(KEY);
  }

  async function open(): Promise<void> {
    show(true);
    closed = openInspector(session, { onClose: forget });
    await closed;
  }

  async function close(): Promise<void> {
    (await closed)?.();
  }

  function forget(): void {
    closed = undefined;
    show(false);
  }
}
