import { useEffect, useRef } from 'react';
import { useIdleWarning, useSession } from 'token-vigil/react';
import { aboutLeft } from '../shared/wording.ts';

export const IdleDialog = () => {
  const { open, left, stay } = useIdleWarning();
  const { signOut } = useSession();
  const dialog = useRef<HTMLDialogElement>(null);

  // A modal dialog takes the focus, and gives it back to where it was.
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);

  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      aria-labelledby="idle-title"
      aria-describedby="idle-text"
      onCancel={stay}
    >
      <p className="countdown" aria-hidden="true">
        {Math.ceil((left ?? 0) / 1000)}
      </p>
      <h2 id="idle-title">Are you still there?</h2>
      <p id="idle-text" aria-live="polite">
        You will be signed out in {aboutLeft(left ?? 0)}. Move the mouse, tap or press a key to stay.
      </p>
      <button autoFocus onClick={stay}>
        Stay signed in
      </button>
      <button className="quiet" onClick={() => void signOut()}>
        Sign out
      </button>
    </dialog>
  );
};
