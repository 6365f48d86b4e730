import type { PageSettings } from '../pageSettings.ts';

/** Where the provider and the API are. */
export async function loadSettings(): Promise<PageSettings> {
  return (await fetch('/settings.json')).json() as Promise<PageSettings>;
}

const confirmKey = 'demo: the warning wants an answer';

/** The one setting that the page changes itself; it outlives the reload that it takes. */
export const confirmSetting = {
  get: (): boolean => sessionStorage.getItem(confirmKey) !== null,
  set(wanted: boolean): void {
    if (wanted) sessionStorage.setItem(confirmKey, 'yes');
    else sessionStorage.removeItem(confirmKey);
  },
};
