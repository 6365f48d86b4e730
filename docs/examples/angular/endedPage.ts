import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { injectEnded } from 'token-vigil/angular';
import { endings } from '../shared/wording.ts';

@Component({
  selector: 'app-ended-page',
  imports: [RouterLink],
  template: `
    @if (ended(); as end) {
      <h1>You were signed out</h1>
      <p>{{ endings[end.reason] }} Nothing is lost: you come back to the page that you were on.</p>
      <button (click)="end.signIn()">Sign in again</button>
    } @else {
      <h1>Nothing has ended</h1>
      <p><a routerLink="/">Home</a></p>
    }
  `,
})
export class EndedPage {
  readonly ended = injectEnded();
  readonly endings = endings;
}
