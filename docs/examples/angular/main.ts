// Components are compiled in the browser here; the Angular CLI does it ahead of time.
import '@angular/compiler';
import { provideHttpClient } from '@angular/common/http';
import { provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter } from '@angular/router';
import { provideSession } from 'token-vigil/angular';
import { provideSessionBackend } from 'token-vigil/angular/http';
import { provideSessionRouter } from 'token-vigil/angular/router';
import { session } from '../shared/session.ts';
import { App } from './app.ts';
import { routes } from './routes.ts';

await bootstrapApplication(App, {
  providers: [
    provideZonelessChangeDetection(),
    provideRouter(routes),
    provideHttpClient(),
    provideSession(session),
    provideSessionBackend(),
    provideSessionRouter({ ended: '/ended' }),
  ],
});
