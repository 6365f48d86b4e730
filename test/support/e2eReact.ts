import { createElement, StrictMode, useEffect, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import type { Session } from '../../src/index.ts';

/** Renders who is signed in, under StrictMode: the effect starts, stops and starts again. */
export const render = (session: Session<unknown>): void => {
  const App = () => {
    useEffect(() => {
      void session.start();
      return () => session.stop();
    }, []);
    const status = useSyncExternalStore(session.subscribe, () => session.status);
    return createElement('output', null, status);
  };
  const root = document.body.appendChild(document.createElement('div'));
  createRoot(root).render(createElement(StrictMode, null, createElement(App)));
};
