import { provideHttpClient } from '@angular/common/http';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter } from '@angular/router';
import { provideSession } from 'token-vigil/angular';
import { provideSessionBackend } from 'token-vigil/angular/http';
import { provideSessionRouter, sessionGuard } from 'token-vigil/angular/router';
import { App } from './app';
import { session } from './session';

const routes = [
  {
    path: 'account',
    canActivate: [sessionGuard],
    loadComponent: () => import('./account').then(({ Account }) => Account),
  },
  { path: 'ended', loadComponent: () => import('./ended').then(({ EndedPage }) => EndedPage) },
];

bootstrapApplication(App, {
  providers: [
    provideHttpClient(),
    provideRouter(routes),
    provideSession(session),
    provideSessionBackend(),
    provideSessionRouter({ ended: '/ended' }),
  ],
}).catch(console.error);
