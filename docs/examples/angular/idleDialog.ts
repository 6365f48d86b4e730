import { Component, effect, type ElementRef, ViewChild } from '@angular/core';
import { injectIdleWarning, injectSession } from 'token-vigil/angular';
import { aboutLeft } from '../shared/wording.ts';

@Component({
  selector: 'app-idle-dialog',
  template: `
    <dialog
      #dialog
      role="alertdialog"
      aria-labelledby="idle-title"
      aria-describedby="idle-text"
      (cancel)="warning.stay()"
    >
      <p class="countdown" aria-hidden="true">{{ seconds() }}</p>
      <h2 id="idle-title">Are you still there?</h2>
      <p id="idle-text" aria-live="polite">
        You will be signed out in {{ about() }}. Move the mouse, tap or press a key to stay.
      </p>
      <button autofocus (click)="warning.stay()">Stay signed in</button>
      <button class="quiet" (click)="signOut()">Sign out</button>
    </dialog>
  `,
})
export class IdleDialog {
  readonly warning = injectIdleWarning();
  readonly signOut = injectSession().signOut;
  // Queries by signals need the Angular CLI.
  @ViewChild('dialog', { static: true }) readonly dialog!: ElementRef<HTMLDialogElement>;
  readonly seconds = (): number => Math.ceil((this.warning.left() ?? 0) / 1000);
  readonly about = (): string => aboutLeft(this.warning.left() ?? 0);

  constructor() {
    // A modal dialog takes the focus, and gives it back to where it was.
    effect(() => {
      const { nativeElement } = this.dialog;
      if (this.warning.open()) nativeElement.showModal();
      else nativeElement.close();
    });
  }
}
