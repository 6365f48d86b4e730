import { markRaw, type Plugin } from 'vue';
import type { Session } from '../index.ts';
import { runSession } from '../ui/runSession.ts';
import { SESSION } from './useSession.ts';

/**
 * Provides a session to an app, and runs it until the app is unmounted. Several apps can share one session.
 *
 * @example
 * createApp(App).use(tokenVigil(session)).mount('#app')
 */
export const tokenVigil = (session: Session<unknown>): Plugin => ({
  install(app) {
    // Inside of reactive data it would become a proxy, whose user is another object.
    app.provide(SESSION, markRaw(session) as Session<never>);
    app.onUnmount(runSession(session));
  },
});
