import type { Context, Middleware } from './middleware.ts';
import { atTokenEndpoint } from './tokenEndpoint.ts';

/** One request to the token endpoint, without its secrets. */
interface TokenRequest {
  /** Its `grant_type`, or `unknown`. */
  readonly grant: string;
  /** What was answered, or would have been if the connection had not been cut. */
  readonly status: number;
  readonly arrivedAtMs: number;
  readonly answeredAtMs: number;
}

/** What came to the token endpoint, in the order of the answers. */
export interface TokenLog {
  readonly requests: readonly TokenRequest[];
  /** How many requests of this grant, or of all. */
  count(grant?: string): number;
}

/** A log together with the middleware that fills it. */
export function createTokenLog(): { log: TokenLog; middleware: Middleware } {
  const requests: TokenRequest[] = [];
  const count = (grant?: string) => requests.filter((request) => !grant || request.grant === grant).length;

  const middleware = atTokenEndpoint(async (ctx, next) => {
    const arrivedAtMs = Date.now();
    await next();
    requests.push({ grant: grantOf(ctx), status: ctx.status, arrivedAtMs, answeredAtMs: Date.now() });
  });
  return { log: { requests, count }, middleware };
}

function grantOf(ctx: Context): string {
  return String(ctx.state['grant'] ?? ctx['oidc']?.params?.grant_type ?? 'unknown');
}
