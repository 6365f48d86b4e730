import type { Context, Middleware } from './middleware.ts';

/** A step that only token requests take; a preflight is none. */
export function atTokenEndpoint(
  step: (ctx: Context, next: () => Promise<unknown>) => Promise<void>,
): Middleware {
  return (ctx, next) => (ctx.method === 'POST' && ctx.path === '/token' ? step(ctx, next) : next());
}
