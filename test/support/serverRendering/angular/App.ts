import { Component, computed } from '@angular/core';
import {
  injectEnded,
  injectIdleWarning,
  injectRemaining,
  injectSignedIn,
  injectStatus,
  injectUser,
} from 'token-vigil/angular';
import { type Person, pictureOf } from '../person.ts';

/** The same page as with the other frameworks. */
class Page {
  readonly status = injectStatus();
  readonly user = injectUser<Person>();
  readonly left = injectRemaining('token');
  readonly warning = injectIdleWarning();
  readonly ended = injectEnded();
  readonly signedIn = injectSignedIn();
  readonly picture = computed(() => pictureOf(this.user()));
}

/** Compiled in the browser and on the server: no decorator, so that plain TypeScript will do. */
export const App = Component({
  selector: 'main',
  template: `
    <p id="status">{{ status() }}</p>
    <p id="user">{{ user()?.name ?? 'nobody' }}</p>
    <img id="picture" alt="" [src]="picture()" />
    <p id="left">{{ left() ?? 'unknown' }}</p>
    <p id="warning">{{ warning.open() ? 'open' : 'closed' }}</p>
    <p id="ended">{{ ended()?.reason ?? 'going on' }}</p>
    @for (key of signedIn(); track key) {
      <strong id="inside">inside</strong>
    } @empty {
      <em id="inside">outside</em>
    }
  `,
})(Page);
