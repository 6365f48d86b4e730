import type { Session, SessionContext } from 'token-vigil';
import type { PageSettings } from '../pageSettings.ts';
import { byId } from './dom.ts';
import type { Step, Steps } from './steps.ts';
import { leftMs } from './time.ts';

/** Learns from the session which steps have happened. The burst is told by whoever makes the requests. */
export function watchSteps(session: Session, { done }: Steps, { troubles }: PageSettings): void {
  const isOursToBreak = troubles.includes('unavailable');
  byId('break-embedded').hidden = !isOursToBreak;
  byId('break-elsewhere').hidden = isOursToBreak;

  watchStates(session, done);
  watchRenewals(session, done);
  if (isOursToBreak) watchOutages(session, done);
  else watchRevocations(session, done);
}

type Done = (step: Step) => void;

function watchStates(session: Session, done: Done): void {
  const look = () => {
    const { status, warning } = session.view;
    if (status === 'signedIn') done('signIn');
    if (warning) done('warning');
  };
  session.subscribe(look);
  look();
}

/** A renewal that was due while the user was there; one that a button asked for comes before it is due. */
function watchRenewals(session: Session, done: Done): void {
  let { lease } = session.actor.getSnapshot().context;

  session.on('renewed', () => {
    const { lastActivity } = session.actor.getSnapshot().context;
    if (lease && isByPresence(lease, lastActivity)) done('renewal');
  });
  session.subscribe(() => ({ lease } = session.actor.getSnapshot().context));
}

function isByPresence(
  { sentAt, renewAt }: NonNullable<SessionContext['lease']>,
  lastActivity: SessionContext['lastActivity'],
): boolean {
  const isDue = renewAt !== null && leftMs(renewAt) <= 0;
  return isDue && lastActivity !== null && lastActivity.wallMs > sentAt.wallMs;
}

/** The provider failed, and the same session was renewed afterwards. */
function watchOutages(session: Session, done: Done): void {
  let hasFailed = false;
  const forget = () => (hasFailed = false);

  session.on('renewalFailed', () => (hasFailed = true));
  session.on('renewed', () => hasFailed && done('outage'));
  session.on('signedOut', forget);
  session.on('expired', forget);
}

/** A provider that is not ours to break can still end the session. */
function watchRevocations(session: Session, done: Done): void {
  session.on('expired', ({ reason }) => reason !== 'lapsed' && reason !== 'idle' && done('outage'));
}
