import type { Page } from 'playwright-core';
import { clientHeader } from '../../docs/demo/ledger.ts';

/** Tells, for each request of the session in this page, what its access token had left when the network got it. */
export const noteHandOffs = async (page: Page, note: (leftMs: number) => void): Promise<void> => {
  await page.exposeFunction('noteHandOff', note);
  await page.addInitScript((otherClient) => {
    const { noteHandOff, fetch: send } = window;
    window.fetch = (input, init) => {
      const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : {}));
      const [scheme, token] = headers.get('authorization')?.split(' ') ?? [];
      if (scheme === 'Bearer' && token && !headers.has(otherClient)) {
        const payload = token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
        const { exp } = JSON.parse(atob(payload)) as { exp: number };
        noteHandOff(exp * 1000 - Date.now());
      }
      return send(input, init);
    };
  }, clientHeader);
};

declare global {
  interface Window {
    noteHandOff(leftMs: number): void;
  }
}
