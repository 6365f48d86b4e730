import { Component } from '@angular/core';
import { injectEnded } from 'token-vigil/angular';

@Component({
  selector: 'app-ended',
  template: `
    @if (ended(); as end) {
      <p>You were signed out: {{ end.reason }}</p>
      <button type="button" (click)="end.signIn()">Sign in</button>
    }
  `,
})
export class EndedPage {
  readonly ended = injectEnded();
}
