import { clientHeader } from './ledger.ts';

/** How the naive client says who it is, so that the API counts its requests separately. */
export const naiveName = 'naive';

/** What many apps have in place of a gate, for comparison. */
export interface NaiveClient {
  /** Takes a copy of the access token, as an app does when somebody has signed in. */
  prepare(): Promise<void>;
  /** Makes a request; the status of each answer, two where it was repeated. Never rejects. */
  request(url: string): Promise<readonly number[]>;
  /** Drops its copy. */
  forget(): void;
}

/**
 * Keeps the access token in a variable and puts it on every request. Only when the API answers 401 does it ask for a new
 * one and repeat the request, as the usual request interceptor does.
 */
export function createNaiveClient(getAccessToken: () => Promise<string>): NaiveClient {
  let copy: string | undefined;
  const forget = () => void (copy = undefined);

  async function ask(url: string, statuses: number[]): Promise<void> {
    copy ??= await getAccessToken();
    statuses.push(await statusOf(url, copy));
    if (statuses[0] !== 401) return;
    // Without a new token there is nothing to try again with: it would not go on sending the old one.
    forget();
    copy = await getAccessToken();
    statuses.push(await statusOf(url, copy));
  }

  return {
    forget,
    prepare: async () => void (copy = await getAccessToken()),
    async request(url) {
      const statuses: number[] = [];
      // No token, because nobody is there, or no network: an app would show that; the comparison has nothing to count.
      await ask(url, statuses).catch(() => {});
      return statuses;
    },
  };
}

async function statusOf(url: string, accessToken: string): Promise<number> {
  const headers = { Authorization: `Bearer ${accessToken}`, [clientHeader]: naiveName };
  const response = await fetch(url, { headers });
  await response.arrayBuffer();
  return response.status;
}
