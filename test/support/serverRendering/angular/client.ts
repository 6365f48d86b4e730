import '@angular/compiler';
import { provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication, provideClientHydration } from '@angular/platform-browser';
import { provideSession } from 'token-vigil/angular';
import { hydratePage } from '../hydratePage.ts';
import { App } from './App.ts';

void hydratePage((session) =>
  bootstrapApplication(App, {
    providers: [provideZonelessChangeDetection(), provideClientHydration(), provideSession(session)],
  }),
);
