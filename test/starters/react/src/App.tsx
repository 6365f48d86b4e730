import { useEffect, useRef } from 'react';
import { Outlet } from 'react-router';
import { useIdleWarning } from 'token-vigil/react';

export const App = () => {
  const { open, left, stay } = useIdleWarning();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => (open ? dialog.current?.showModal() : dialog.current?.close()), [open]);
  return (
    <>
      <Outlet />
      <dialog ref={dialog} role="alertdialog" aria-label="Are you still there?" onCancel={stay}>
        <p>You will be signed out in {Math.ceil((left ?? 0) / 1000)} seconds.</p>
        <button autoFocus onClick={stay}>
          Stay signed in
        </button>
      </dialog>
    </>
  );
};
