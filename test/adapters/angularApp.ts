import {
  type ApplicationRef,
  ChangeDetectionStrategy,
  Component,
  type EnvironmentProviders,
  type Provider,
  provideZonelessChangeDetection,
  type Type,
} from '@angular/core';
import { createApplication } from '@angular/platform-browser';

let made = 0;

/** A component, compiled when it is first used. `make`: its fields, made in its injection context. */
export const component = (
  selector: string,
  template: string,
  make: () => object = () => ({}),
  imports: Type<unknown>[] = [],
): Type<unknown> => {
  const Made = function (this: object) {
    Object.assign(this, make());
  } as unknown as Type<unknown>;
  // Angular tells components apart by what they are made of.
  const host = { 'data-made': String(++made) };
  const changeDetection = ChangeDetectionStrategy.OnPush;
  return Component({ selector, template, imports, host, changeDetection })(Made);
};

/** Starts an app in an element. */
export const startApp = async (
  root: Type<unknown>,
  into: HTMLElement,
  providers: (Provider | EnvironmentProviders)[],
): Promise<ApplicationRef> => {
  const app = await createApplication({ providers: [provideZonelessChangeDetection(), ...providers] });
  app.bootstrap(root, into);
  return app;
};
