import { httpResource } from '@angular/common/http';
import { Component } from '@angular/core';
import { injectRemaining, injectSessionValue, injectSignedIn, injectUser } from 'token-vigil/angular';

@Component({
  selector: 'app-account',
  template: `
    @for (key of signedIn(); track key) {
      <h1>{{ user().name.toUpperCase() }}</h1>
      <p>{{ state() }} {{ (left() ?? 0).toFixed() }} {{ items.value()?.length }}</p>
    } @empty {
      <p>Nobody is signed in.</p>
    }
  `,
})
export class Account {
  readonly signedIn = injectSignedIn();
  readonly user = injectUser({ required: true });
  readonly state = injectSessionValue(({ state }) => state);
  readonly left = injectRemaining('token');
  readonly items = httpResource<readonly string[]>(() => 'https://api.example.com/items');
}
