import type { Session } from 'token-vigil';
import { byId, write } from './dom.ts';
import { animate } from './ticker.ts';

/** Shows the getters an app would use; some change by time alone, so they are read at every frame. */
export function showReadings(session: Session<unknown>): void {
  const [status, canRequest, busy, error] = ['status', 'can-request', 'busy', 'error'].map((id) => byId(id));
  animate(() => {
    write(status!, session.status);
    write(canRequest!, String(session.canRequest));
    write(busy!, String(session.busy));
    write(error!, session.error ? `${session.error.code}: ${session.error.message}` : 'none');
  });
}
