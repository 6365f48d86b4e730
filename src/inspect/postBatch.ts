/** What became of a batch. `failed`: trying again can help. */
export type Answer =
  | { readonly outcome: 'taken' }
  | { readonly outcome: 'failed' }
  | { readonly outcome: 'refused'; readonly text: string };

const TIMEOUT_MS = 10_000;
const FAILED: Answer = { outcome: 'failed' };

const mayPass = (status: number): boolean => status >= 500 || status === 408 || status === 429;

const LONGEST_TEXT = 300;

/** How an answer begins: it need not have an end. */
const beginningOf = async ({ body }: Response): Promise<string> => {
  if (!body) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (text.length < LONGEST_TEXT) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  void reader.cancel().catch(() => undefined);
  return text.trim().slice(0, LONGEST_TEXT);
};

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
    if (!response.ok && !mayPass(response.status))
      return { outcome: 'refused', text: await beginningOf(response) };
    // A body that nobody reads would hold the connection, and with it a process.
    void response.body?.cancel().catch(() => undefined);
    return response.ok ? { outcome: 'taken' } : FAILED;
  } catch {
    return FAILED;
  }
};
