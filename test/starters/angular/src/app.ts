import { Component } from '@angular/core';
import { RouterLink, RouterOutlet } from '@angular/router';
import { injectIdleWarning, injectSession, injectStatus, injectUser } from 'token-vigil/angular';

@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterOutlet],
  template: `
    <a routerLink="/account">Account</a>
    @if (status() === 'signedIn') {
      {{ user()?.name?.toUpperCase() }}
      <button type="button" (click)="session.signOut()">Sign out</button>
    }
    @if (warning.open()) {
      <div role="alertdialog" aria-label="Are you still there?">
        {{ (warning.left() ?? 0) / 1000 }} seconds
        <button type="button" (click)="warning.stay()">Stay</button>
      </div>
    }
    <router-outlet />
  `,
})
export class App {
  readonly session = injectSession();
  readonly status = injectStatus();
  readonly user = injectUser();
  readonly warning = injectIdleWarning();
}
