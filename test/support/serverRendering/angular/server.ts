import '@angular/compiler';
import { provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication, provideClientHydration } from '@angular/platform-browser';
import { provideServerRendering, renderApplication } from '@angular/platform-server';
import { provideSession } from 'token-vigil/angular';
import type { Render } from '../renderOnce.ts';
import { App } from './App.ts';

export const render: Render = async (session) => {
  const document = await renderApplication(
    (context) =>
      bootstrapApplication(
        App,
        {
          providers: [
            provideZonelessChangeDetection(),
            provideServerRendering(),
            provideClientHydration(),
            provideSession(session),
          ],
        },
        context,
      ),
    { document: '<html><head></head><body><main></main></body></html>', url: '/' },
  );
  const [, html = ''] = /<body[^>]*>(.*)<\/body>/s.exec(document) ?? [];
  const [, head = ''] = /<head[^>]*>(.*)<\/head>/s.exec(document) ?? [];
  // Angular looks for this mark in the body or in the head, and in no element within.
  const mark = '<!--nghm-->';
  return { html: html.replace(mark, ''), head: head + mark };
};
