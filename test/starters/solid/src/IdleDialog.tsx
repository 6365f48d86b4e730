import { createEffect } from 'solid-js';
import { useIdleWarning } from 'token-vigil/solid';

export const IdleDialog = () => {
  const { open, left, stay } = useIdleWarning();
  let dialog!: HTMLDialogElement;
  createEffect(() => (open() ? dialog.showModal() : dialog.close()));
  return (
    <dialog ref={dialog} role="alertdialog" aria-labelledby="still-there" onCancel={stay}>
      <h2 id="still-there">Are you still there?</h2>
      <p>You will be signed out in {Math.ceil((left() ?? 0) / 1000)} seconds.</p>
      <button autofocus onClick={stay}>
        Stay signed in
      </button>
    </dialog>
  );
};
