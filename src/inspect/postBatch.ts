/** What became of a batch. `failed`: trying again can help. */
export type Answer =
  | { readonly outcome: 'taken' }
  | { readonly outcome: 'failed' }
  | { readonly outcome: 'refused'; readonly text: string };

const TIMEOUT_MS = 10_000;
const FAILED: Answer = { outcome: 'failed' };

const mayPass = (status: number): boolean => status >= 500 || status === 408 || status === 429;

/** Sends a batch to an inspector. It never throws. */
export const postBatch = async (endpoint: string, token: string, batch: string): Promise<Answer> => {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: batch,
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (mayPass(response.status)) return FAILED;
    const text = (await response.text()).trim().slice(0, 300);
    return response.ok ? { outcome: 'taken' } : { outcome: 'refused', text };
  } catch {
    return FAILED;
  }
};
