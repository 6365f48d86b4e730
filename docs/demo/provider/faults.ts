import { setTimeout as delay } from 'node:timers/promises';
import { allowOrigin, type UrlPolicy } from '../http/origins.ts';
import { readForm } from '../http/readForm.ts';
import type { Context, Middleware } from './middleware.ts';
import { atTokenEndpoint } from './tokenEndpoint.ts';

/** Something that goes wrong at the token endpoint. */
interface TokenFault {
  /** Answers with this status; the grant is not looked at. */
  readonly status?: number;
  /** The `error` of that answer. @default 'temporarily_unavailable' */
  readonly error?: string;
  /** Puts `Retry-After` on that answer. */
  readonly retryAfterSeconds?: number;
  /** Answers 200 with a page, as a captive portal does; the grant is not looked at. */
  readonly html?: boolean;
  /** Cuts the connection: `before` the grant is looked at, or `after` it was processed, so that its answer is lost. */
  readonly drop?: 'before' | 'after';
  /** Holds back whatever is answered, after the grant was processed. */
  readonly delayMs?: number;
  /** Called once the request is here; the grant is looked at when it settles. */
  readonly before?: () => Promise<unknown>;
  /** Called once the grant was processed; the answer leaves when it settles. */
  readonly after?: () => Promise<unknown>;
  /** How many requests meet it. @default all, until it is taken away */
  readonly count?: number;
}

/** Set these at any time. */
export interface Faults {
  /** What the next token requests meet. */
  token: TokenFault | undefined;
  /** How far the provider's clock is ahead: shifts the times in its tokens. */
  skewSeconds: number;
}

/** Nothing wrong yet. */
export function createFaults(): Faults {
  return { token: undefined, skewSeconds: 0 };
}

/** Lets token requests meet the fault that is set. */
export function injectFaults(faults: Faults, allows: UrlPolicy, stopped: AbortSignal): Middleware {
  return atTokenEndpoint(async (ctx, next) => {
    const fault = takeFault(faults);
    if (isPremature(fault)) await answerInstead(ctx, fault, allows);
    else {
      await fault.before?.();
      await next();
    }
    await fault.after?.();
    // Rejects when the provider stops, which has cut the connection already.
    if (fault.delayMs) await delay(fault.delayMs, undefined, { signal: stopped }).catch(() => {});
    if (fault.drop) cut(ctx);
  });
}

/** What the next request meets; it is used up by that. */
export function takeFault(faults: Faults): TokenFault {
  const fault = faults.token ?? {};
  if (fault.count === undefined) return fault;
  faults.token = fault.count > 1 ? { ...fault, count: fault.count - 1 } : undefined;
  return fault;
}

const isPremature = ({ status, html, drop }: TokenFault) =>
  status !== undefined || html === true || drop === 'before';

async function answerInstead(ctx: Context, fault: TokenFault, allows: UrlPolicy): Promise<void> {
  ctx.state['grant'] = (await readForm(ctx.req)).get('grant_type');
  await fault.before?.();
  allowOrigin(ctx.req, ctx.res, allows);
  ctx.status = fault.status ?? 200;
  if (fault.retryAfterSeconds !== undefined) ctx.set('Retry-After', String(fault.retryAfterSeconds));
  ctx.body = fault.html
    ? '<!doctype html><title>Wi-Fi</title>'
    : { error: fault.error ?? 'temporarily_unavailable' };
}

function cut(ctx: Context): void {
  ctx.respond = false;
  ctx.req.socket.destroy();
}
