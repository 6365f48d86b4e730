import { onTestFinished, vi } from 'vitest';

/** Collects every token and code that comes by a token endpoint in this process, until the test ends. */
export function watchSecrets(): Set<string> {
  const secrets = new Set<string>();
  const native = globalThis.fetch;

  const note = (value: unknown): void => {
    // Short values are times and types; descriptions have blanks.
    if (typeof value === 'string' && value.length > 20 && !value.includes(' ')) secrets.add(value);
  };

  vi.stubGlobal('fetch', async (input: RequestInfo, init?: RequestInit) => {
    const request = new Request(input, init);
    if (!request.url.endsWith('/token')) return native(request);
    for (const [name, value] of new URLSearchParams(await request.clone().text()))
      if (/code|token/.test(name)) note(value);
    const response = await native(request);
    const answer = response.clone().json() as Promise<object>;
    for (const [name, value] of Object.entries(await answer.catch(() => ({}))))
      if (name.endsWith('_token')) note(value);
    return response;
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  return secrets;
}
