'use client';
import { useEffect, useRef } from 'react';
import { useIdleWarning } from 'token-vigil/react';

export const IdleDialog = () => {
  const { open, left, stay } = useIdleWarning();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => (open ? dialog.current?.showModal() : dialog.current?.close()), [open]);
  return (
    <dialog ref={dialog} role="alertdialog" aria-labelledby="still-there" onCancel={stay}>
      <h2 id="still-there">Are you still there?</h2>
      <p>You will be signed out in {Math.ceil((left ?? 0) / 1000)} seconds.</p>
      <button autoFocus onClick={stay}>
        Stay signed in
      </button>
    </dialog>
  );
};
