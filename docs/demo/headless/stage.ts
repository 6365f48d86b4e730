import { createSession, type Session } from 'token-vigil';
import { startApi, type DemoApi } from '../api.ts';
import { expectThat } from './expect.ts';
import { type Facts, followFacts } from './facts.ts';
import type { StoryLives } from './lives.ts';
import { createNarrator, type Narrator } from './narrator.ts';
import { createPerson, type Person } from './person.ts';
import type { StoryProvider } from './storyProvider.ts';
import { createTraffic, type Traffic } from './traffic.ts';

/** Everything the story happens with. */
export interface Stage extends Pick<Narrator, 'say' | 'elapsedMs'> {
  readonly session: Session<unknown>;
  readonly provider: StoryProvider;
  readonly api: DemoApi;
  readonly facts: Facts;
  readonly person: Person;
  readonly traffic: Traffic;
  readonly lives: StoryLives;
  /** Waits until it is so, `withinMs` at the usual pace; throws a `MissedStep` after that. */
  expectThat(what: string, isSo: () => boolean, withinMs: number): Promise<void>;
  /** The token set that each request to the API took, in the order of the hand-offs. */
  readonly tokensTaken: readonly number[];
  stop(): Promise<void>;
}

/** Starts an API beside the provider, and puts a session between them. */
export async function setStage(
  provider: StoryProvider,
  lives: StoryLives,
  print: (line: string) => void,
): Promise<Stage> {
  const api = await startApi({ issuer: provider.issuer, jwks: provider.jwks });
  const tokensTaken: number[] = [];
  const session = sessionBetween(provider, api, lives, (generation) => tokensTaken.push(generation));
  const { say, note, elapsedMs } = createNarrator(print);
  const facts = followFacts(session, note);
  const person = createPerson(session);
  const traffic = createTraffic(session, `${api.origin}/items`);

  async function stop(): Promise<void> {
    person.leave();
    traffic.stopPolling();
    session.stop();
    await Promise.all([api.stop(), provider.stop()]);
  }
  return {
    say,
    elapsedMs,
    session,
    provider,
    api,
    facts,
    person,
    traffic,
    lives,
    tokensTaken,
    expectThat: (what, isSo, withinMs) => expectThat(what, isSo, withinMs * lives.pace),
    stop,
  };
}

function sessionBetween(
  provider: StoryProvider,
  api: DemoApi,
  lives: StoryLives,
  onTaken: (generation: number) => void,
): Session<unknown> {
  const session: Session<unknown> = createSession({
    issuer: provider.issuer,
    clientId: provider.clientId,
    scope: 'openid profile email',
    tokenOrigins: api.origin,
    idle: { after: lives.idleAfterMs, warnBefore: lives.warnBeforeMs },
    fetch: (input, init) => {
      if (typeof input === 'string' && input.startsWith(api.origin)) onTaken(tokenOf(session));
      return provider.fetch(input, init);
    },
    // The demo knows that the password grant is for legacy; the page says so where it offers it.
    onWarning: () => {},
  });
  return session;
}

/** Which token set the session holds. */
export const tokenOf = (session: Session<unknown>): number =>
  session.actor.getSnapshot().context.lease?.generation ?? 0;
