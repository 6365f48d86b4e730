import { Component } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { injectRemaining, injectSession, injectSessionValue, injectUser } from 'token-vigil/angular';
import { settings } from '../shared/settings.ts';
import { IdleDialog } from './idleDialog.ts';

@Component({
  selector: '#app',
  imports: [IdleDialog, RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <header>
      <p class="brand">token-vigil <span>with Angular</span></p>
      <nav aria-label="Pages">
        <a
          routerLink="/"
          routerLinkActive
          ariaCurrentWhenActive="page"
          [routerLinkActiveOptions]="{ exact: true }"
        >
          Home
        </a>
        <a routerLink="/items" routerLinkActive ariaCurrentWhenActive="page">Items</a>
      </nav>
      <p class="who">
        <output class="state" aria-label="State of the session" [attr.data-state]="state()">{{
          state()
        }}</output>
        @if (user(); as somebody) {
          {{ somebody.name }}
          <button class="quiet" (click)="signOut()">Sign out</button>
        }
      </p>
      @if (left() !== null) {
        <progress aria-label="Life of the access token" [max]="tokenLife" [value]="left() ?? 0"></progress>
      }
    </header>
    <main><router-outlet /></main>
    <app-idle-dialog />
  `,
})
export class App {
  readonly signOut = injectSession().signOut;
  readonly user = injectUser();
  readonly state = injectSessionValue((view) => view.state);
  readonly left = injectRemaining('token', 250);
  readonly tokenLife = settings.tokenLife ?? 300_000;
}
