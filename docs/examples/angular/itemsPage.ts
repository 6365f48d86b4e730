import { httpResource } from '@angular/common/http';
import { Component } from '@angular/core';
import { injectUser } from 'token-vigil/angular';
import { settings } from '../shared/settings.ts';

@Component({
  selector: 'app-items-page',
  template: `
    <h1>Items of {{ user().name }}</h1>
    @if (items.error()) {
      <p class="error" role="alert">{{ items.error()?.message }}</p>
    } @else {
      @if (items.isLoading()) {
        <p>One moment …</p>
      }
      <ul>
        @for (item of items.value()?.items; track item) {
          <li [id]="item">{{ item }}</li>
        }
      </ul>
    }
    <button (click)="items.reload()">Load again</button>
  `,
})
export class ItemsPage {
  readonly user = injectUser({ required: true });
  // HttpClient's requests pass the gate: they wait for a fresh token, and never leave with an expired one.
  readonly items = httpResource<{ items: string[] }>(() => `${settings.apiOrigin}/items`);
}
