import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { injectSession, injectSessionValue, injectStatus, injectUser } from 'token-vigil/angular';
import { credentialsIn } from '../shared/credentialsIn.ts';

@Component({
  selector: 'app-home-page',
  imports: [RouterLink],
  template: `
    <h1>Home</h1>
    @if (status() === 'loading') {
      <p>One moment …</p>
    } @else if (user(); as somebody) {
      <p>You are signed in as {{ somebody.name }}. Your <a routerLink="/items">items</a> are waiting.</p>
    } @else {
      <p>Nobody is signed in. Everybody may see this page.</p>
      <button (click)="signIn()">Sign in</button>
      <details>
        <summary>Sign in with a password form</summary>
        <form (submit)="withPassword($event)">
          <label>User name <input name="username" autocomplete="username" required /></label>
          <label>
            Password <input name="password" type="password" autocomplete="current-password" required />
          </label>
          <button>Sign in with the password</button>
        </form>
      </details>
      @if (error(); as failure) {
        <p class="error" role="alert">{{ failure.message }}</p>
      }
    }
  `,
})
export class HomePage {
  readonly #session = injectSession();
  readonly status = injectStatus();
  readonly user = injectUser();
  readonly error = injectSessionValue((view) => view.error);

  signIn(): void {
    void this.#session.signIn().catch(() => undefined);
  }

  withPassword(event: Event): void {
    event.preventDefault();
    // What goes wrong is in `error`.
    void this.#session.signIn(credentialsIn(event)).catch(() => undefined);
  }
}
