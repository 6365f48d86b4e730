import { session } from './session.ts';
import { settings } from './settings.ts';

/** Asks the API: the request waits for a fresh token, and never leaves with an expired one. */
export const loadItems = async (): Promise<readonly string[]> => {
  const response = await session.fetch(`${settings.apiOrigin}/items`);
  if (!response.ok) throw new Error(`The API answered ${response.status}`);
  const { items } = (await response.json()) as { items: string[] };
  return items;
};
