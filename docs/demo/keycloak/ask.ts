import { NoRealm } from './noRealm.ts';

/** What a server said; no body where that is not a JSON object. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** Sends a request, or throws a {@link NoRealm} where no answer comes within `patienceMs`. */
export async function ask(url: string, form?: URLSearchParams, patienceMs = 10_000): Promise<Answer> {
  const signal = AbortSignal.timeout(patienceMs);
  try {
    const response = await fetch(url, form ? { method: 'POST', body: form, signal } : { signal });
    return { status: response.status, body: objectIn(await response.text()) };
  } catch (error) {
    throw new NoRealm(`No answer from ${url} (${reasonOf(error as Error)})`);
  }
}

function objectIn(text: string): Answer['body'] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** `fetch` tells all failures alike; what happened is in the cause. */
function reasonOf({ name, cause }: Error): string {
  const { code, message = name } = (cause ?? {}) as { code?: string; message?: string };
  return code ?? message;
}
