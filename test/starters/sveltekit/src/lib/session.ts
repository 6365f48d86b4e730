import { browser } from '$app/environment';
import { resolve } from '$app/paths';
import { env } from '$env/dynamic/public';
import { createSession } from 'token-vigil';

/** Made on a server as well, where it does nothing. */
export const session = createSession({
  // A build loads this module too, without the environment of the server.
  issuer: env.PUBLIC_ISSUER ?? 'https://id.example.com',
  clientId: 'demo',
  // The default is right for an app at the root of its origin.
  ...(browser && { redirectUri: location.origin + (env.PUBLIC_REDIRECT_PATH ?? resolve('/')) }),
  idle: { after: 600_000, signOutAfter: 900_000 },
});
