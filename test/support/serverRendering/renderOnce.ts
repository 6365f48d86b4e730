import { setTimeout } from 'node:timers/promises';
import { createSession, type Session } from 'token-vigil';
import { systemClock } from '../../../src/time/clock.ts';
import type { Person } from './person.ts';

/** What a server sends of an app. */
export interface Rendered {
  readonly html: string;
  /** What belongs into the head of the page. */
  readonly head?: string;
}

/** Renders an app on a server. */
export type Render = (session: Session<Person>) => Rendered | Promise<Rendered>;

/** What a server sends, and what rendering has done besides. */
export interface ServerRun extends Required<Rendered> {
  readonly status: Session['status'];
  readonly requests: number;
  readonly timers: number;
  /** What keeps the process alive since then, by Node's names. */
  readonly leftOver: readonly string[];
}

const withoutOneOfEach = (from: readonly string[], these: readonly string[]): string[] => {
  const left = [...from];
  for (const one of these) if (left.includes(one)) left.splice(left.indexOf(one), 1);
  return left;
};

/** Renders an app as a server does, with a real session. */
export const renderOnce = async (render: Render): Promise<ServerRun> => {
  let [requests, timers] = [0, 0];
  const before = process.getActiveResourcesInfo();
  const session = createSession<Person>({
    issuer: 'https://id.example.com',
    clientId: 'web',
    user: () => ({ name: 'Somebody whom a server cannot know' }),
    async fetch() {
      requests++;
      throw new TypeError('A server asks nobody');
    },
    clock: {
      ...systemClock,
      setTimeout(...args) {
        timers++;
        return systemClock.setTimeout(...args);
      },
    },
  });
  const { html, head = '' } = await render(session);
  const leftOver = (): string[] => withoutOneOfEach(process.getActiveResourcesInfo(), before);
  // Some frameworks tidy up in the next turn.
  for (let turns = 0; turns < 100 && leftOver().length > 0; turns++) await setTimeout(1);
  return { html, head, status: session.status, requests, timers, leftOver: leftOver() };
};
