/** The way of one message, decided by the scheduler. A page that was left hears nothing any more. */
export type Hop = (label: string) => Promise<void>;

/** An answer, and what happens when it reaches the page. */
export interface Answer {
  readonly response: Response;
  readonly onHeard?: () => void;
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

export const html = (status: number): Response =>
  new Response('<html>', { status, headers: { 'content-type': 'text/html' } });

/** What a dead network does to a call. */
export const netError = (): TypeError => new TypeError('Failed to fetch');
