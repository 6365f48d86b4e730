import type { session } from '$lib/session';

declare module 'token-vigil' {
  interface Register {
    session: typeof session;
  }
}
