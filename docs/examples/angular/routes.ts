import type { Routes } from '@angular/router';
import { sessionGuard } from 'token-vigil/angular/router';
import { EndedPage } from './endedPage.ts';
import { HomePage } from './homePage.ts';
import { ItemsPage } from './itemsPage.ts';

export const routes: Routes = [
  { path: '', component: HomePage },
  { path: 'items', component: ItemsPage, canActivate: [sessionGuard] },
  { path: 'ended', component: EndedPage },
];
