import type Provider from 'oidc-provider';

/** Koa's middleware, as oidc-provider takes it. */
export type Middleware = Parameters<Provider['use']>[0];

/** Koa's context of one request. */
export type Context = Parameters<Middleware>[0];
