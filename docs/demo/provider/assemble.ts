import type { EventEmitter } from 'node:events';
import { createLocalJWKSet } from 'jose';
import type OidcProvider from 'oidc-provider';
import { Provider } from 'oidc-provider/lib/provider.js';
import { createBearerCheck } from '../bearer.ts';
import { configurationFor } from './configuration.ts';
import { injectFaults } from './faults.ts';
import type { Middleware } from './middleware.ts';
import type { Parts } from './parts.ts';
import { registerPasswordGrant } from './passwordGrant.ts';
import { signInPage } from './signInPage.ts';
import { completeAnswers } from './tokenAnswers.ts';
import { createTokenLog, type TokenLog } from './tokenRequests.ts';
import { userInfo } from './userInfo.ts';

/** The provider and what can be seen of it from outside. */
export interface Assembly {
  readonly provider: OidcProvider;
  readonly log: TokenLog;
  readonly failures: readonly unknown[];
  readonly nowMs: () => number;
}

/** Puts the provider together. */
export function assemble(parts: Parts, stopped: AbortSignal): Assembly {
  const { issuer, settings, users, faults, keys } = parts;
  const provider = new Provider(issuer, configurationFor(parts));
  const nowMs = () => Date.now() + faults.skewSeconds * 1000;
  const { log, middleware: logging } = createTokenLog();

  registerPasswordGrant(provider, users, settings.audience);
  checkRedirects(provider, parts);
  revokeOnSignOut(provider, parts);
  use(provider, [
    logging,
    injectFaults(faults, settings.allowsOrigin, stopped),
    completeAnswers(settings.stateRefreshExpiresIn, keys, faults),
    signInPage(provider, users),
    userInfo(users, bearerCheck(parts, nowMs), settings.allowsOrigin),
  ]);
  return { provider, log, failures: failuresOf(provider), nowMs };
}

function use(provider: OidcProvider, middlewares: readonly Middleware[]): void {
  for (const middleware of middlewares) provider.use(middleware);
}

/** oidc-provider compares with a list only; its recipe for wildcards replaces these methods. */
function checkRedirects(provider: OidcProvider, { settings }: Parts): void {
  provider.Client.prototype.redirectUriAllowed = settings.allowsRedirect;
  provider.Client.prototype.postLogoutRedirectUriAllowed = settings.allowsRedirect;
}

/** oidc-provider spares tokens that do not expire with their session; a sign-out is to end them all the same. */
function revokeOnSignOut(provider: OidcProvider, { store }: Parts): void {
  provider.on('end_session.success', ({ oidc }) => {
    for (const { grantId } of Object.values(oidc.session?.authorizations ?? {})) {
      if (grantId) store.revokeGrant(grantId);
    }
  });
}

function bearerCheck({ issuer, settings, keys }: Parts, nowMs: () => number) {
  return createBearerCheck({
    issuer,
    audience: settings.audience,
    keys: createLocalJWKSet(keys.publicJwks),
    nowMs,
  });
}

/** Without a listener Koa would print them. */
function failuresOf(provider: OidcProvider): readonly unknown[] {
  const failures: unknown[] = [];
  const koa: EventEmitter = provider;
  provider.on('server_error', (_ctx, error) => failures.push(error));
  koa.on('error', (error: { expose?: boolean }) => error.expose || failures.push(error));
  return failures;
}
