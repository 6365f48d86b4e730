/* @jsxImportSource solid-js */
import { createEffect, createSignal } from 'solid-js';
import { useIdleWarning, useSession } from 'token-vigil/solid';
import { aboutLeft } from '../shared/wording.ts';

export const IdleDialog = () => {
  const { open, left, stay } = useIdleWarning();
  const { signOut } = useSession();
  const [dialog, setDialog] = createSignal<HTMLDialogElement>();

  // A modal dialog takes the focus, and gives it back to where it was.
  createEffect(() => (open() ? dialog()?.showModal() : dialog()?.close()));

  return (
    <dialog
      ref={setDialog}
      role="alertdialog"
      aria-labelledby="idle-title"
      aria-describedby="idle-text"
      onCancel={stay}
    >
      <p class="countdown" aria-hidden="true">
        {Math.ceil((left() ?? 0) / 1000)}
      </p>
      <h2 id="idle-title">Are you still there?</h2>
      <p id="idle-text" aria-live="polite">
        You will be signed out in {aboutLeft(left() ?? 0)}. Move the mouse, tap or press a key to stay.
      </p>
      <button autofocus onClick={stay}>
        Stay signed in
      </button>
      <button class="quiet" onClick={() => void signOut()}>
        Sign out
      </button>
    </dialog>
  );
};
