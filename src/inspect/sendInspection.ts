import { requireType } from '../errors/requireType.ts';
import { SessionError } from '../errors/sessionError.ts';
import type { Session } from '../session/session.ts';
import type { Stop } from '../time/stop.ts';
import { readInstant, systemClock } from '../time/clock.ts';
import { writeBatch } from './batch.ts';
import { clockOf } from './clockOf.ts';
import { inspectSession } from './inspectSession.ts';
import { createOutbox } from './outbox.ts';
import { postBatch } from './postBatch.ts';

/** Where a session is inspected: what `npx token-vigil inspect` prints. */
export interface SendOptions {
  /** Address of the inspector, such as `http://127.0.0.1:7357`. It must be on this machine. */
  readonly url: string;
  /** The token for senders. */
  readonly token: string;
}

/** How many entries wait while the inspector takes none. */
const MOST_WAITING = 10_000;
const MOST_AT_ONCE = 250;
/** What happens within it is sent together. */
const GATHER_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

const isLoopback = ({ protocol, hostname }: URL): boolean =>
  protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);

/** What happens in an app is not for a network. */
const endpointOf = (url: string): string => {
  if (!URL.canParse(url) || !isLoopback(new URL(url)))
    throw new SessionError(
      'option_invalid',
      'sendInspection: `url` must be the address that `npx token-vigil inspect` prints, such as http://127.0.0.1:7357',
    );
  return new URL('/entries', url).href;
};

/** Says each thing once, with what follows from it. */
const createComplaint = (): ((what: string, consequence: string) => void) => {
  const said = new Set<string>();
  return (what, consequence) => {
    if (said.has(what)) return;
    said.add(what);
    console.warn(`token-vigil: ${what}. ${consequence}.`);
  };
};

/**
 * Sends what happens in a session to the inspector that `npx token-vigil inspect` has started on this machine. While that one is
 * slow or not there, entries wait, up to 10,000; beyond that the oldest are lost. The session notices nothing of it. Returns a
 * function that ends it; what still waits is then sent in one last try.
 *
 * @throws {SessionError} `option_invalid`
 * @example
 * const stop = sendInspection(session, { url: 'http://127.0.0.1:7357', token });
 */
export const sendInspection = (session: Session<unknown>, options: SendOptions): Stop => {
  const { url, token } = requireType('object', options);
  const endpoint = endpointOf(requireType('string', url, '`url`'));
  requireType('string', token, '`token`');
  const complain = createComplaint();
  const clock = clockOf(session);
  const sender = crypto.randomUUID();
  const outbox = createOutbox(MOST_WAITING, () =>
    complain(`more than ${MOST_WAITING} entries wait for the inspector at ${url}`, 'The oldest are lost'),
  );
  // As many can come in one task, before any goes to the outbox.
  const inspection = inspectSession(session, { limit: MOST_WAITING });
  let timer: unknown;
  let isSending = false;
  let isStopped = false;
  /** Nothing is sent any more. */
  let isOver = false;
  let failures = 0;
  /** It is sent again as it is: the inspector may have it already. */
  let underWay: { readonly text: string; readonly isLast: boolean } | undefined;

  const next = (): NonNullable<typeof underWay> => {
    const entries = outbox.take(MOST_AT_ONCE);
    const isLast = isStopped && outbox.isEmpty;
    const [now, isRunning] = [readInstant(clock), clock === systemClock];
    return { text: writeBatch({ sender, name: session.name, now, isRunning, isLast, entries }), isLast };
  };

  const end = (): void => {
    isOver = true;
    systemClock.clearTimeout(timer);
    detach();
  };

  const noteFailure = (): void => {
    failures++;
    complain(
      `the inspector at ${url} cannot be reached`,
      isStopped ? 'What waits is lost' : 'It is tried again, and entries wait',
    );
    if (isStopped) end();
    else schedule(Math.min(LONGEST_PAUSE_MS, GATHER_MS * 2 ** failures));
  };

  const noteSuccess = (wasLast: boolean): void => {
    failures = 0;
    underWay = undefined;
    if (wasLast) end();
    else if (isStopped) void send();
    else if (!outbox.isEmpty) schedule(0);
  };

  /** One batch at a time. */
  const send = async (): Promise<void> => {
    if (isSending || isOver) return;
    timer = undefined;
    isSending = true;
    const { text, isLast } = (underWay ??= next());
    const answer = await postBatch(endpoint, token, text);
    isSending = false;
    if (answer.outcome === 'taken') return noteSuccess(isLast);
    if (answer.outcome === 'failed') return noteFailure();
    complain(`the inspector at ${url} has refused: ${answer.text}`, 'Nothing more is sent');
    end();
  };

  const schedule = (delayMs: number): void => {
    if (timer === undefined && !isSending && !isOver)
      timer = systemClock.setTimeout(() => void send(), delayMs);
  };

  const unsubscribe = inspection.subscribe((entries) => {
    outbox.push(entries, inspection.base);
    schedule(GATHER_MS);
  });
  const detach = (): void => {
    inspection.stop();
    unsubscribe();
  };
  outbox.push(inspection.entries);
  schedule(0);

  return () => {
    if (isStopped || isOver) return;
    detach();
    isStopped = true;
    systemClock.clearTimeout(timer);
    void send();
  };
};
