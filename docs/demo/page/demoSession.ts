import { createSession, type Session } from 'token-vigil';
import type { PageSettings } from '../pageSettings.ts';
import { createHandOffs, type HandOffs } from './handOffs.ts';
import { confirmSetting } from './settings.ts';

/** The page's session, and when it handed requests to the network. */
export interface DemoSession {
  readonly session: Session;
  readonly handOffs: HandOffs;
}

/** Everything an app has to write to have a session; the transport is wrapped only to time the gate. */
export function createDemoSession({ issuer, clientId, apiOrigin, idle }: PageSettings): DemoSession {
  const handOffs = createHandOffs();
  const session: Session = createSession({
    issuer,
    clientId,
    scope: 'openid profile email',
    tokenOrigins: apiOrigin,
    idle: { ...idle, confirm: confirmSetting.get() },
    fetch: (input, init) => {
      handOffs.note(input, session.actor.getSnapshot().context.lease?.generation);
      return fetch(input, init);
    },
  });
  return { session, handOffs };
}
