import { MissedStep } from './headless/expect.ts';
import { findKeycloak } from './headless/keycloakProvider.ts';
import { longLives, shortLives } from './headless/lives.ts';
import { scenes } from './headless/scenes.ts';
import { setStage, type Stage } from './headless/stage.ts';
import { startEmbedded } from './headless/storyProvider.ts';
import { naiveName } from './naiveClient.ts';

/** Where the story is played, and how fast. */
export interface StoryOptions {
  /** The address of a Keycloak that takes the place of the embedded provider. */
  readonly keycloak?: string | undefined;
  /** Everything lives three times as long. @default false */
  readonly slow?: boolean;
}

/**
 * Plays the story of a session in real time, without a browser: she signs in, reads, comes back, and leaves for good.
 * Answers whether every step happened and no expired token reached the API.
 */
export async function playStory(print: (line: string) => void, options: StoryOptions = {}): Promise<boolean> {
  const lives = options.slow ? longLives : shortLives;
  const provider = await (options.keycloak ? findKeycloak(options.keycloak) : startEmbedded(lives));
  print(`The story of a session, in about ${options.slow ? 'three minutes' : 'a minute'}.\n`);
  const stage = await setStage(provider, lives, print);
  try {
    const missed = await missedIn(stage);
    return conclude(stage, missed, print);
  } finally {
    await stage.stop();
  }
}

async function missedIn(stage: Stage): Promise<string | undefined> {
  try {
    for (const scene of scenes) await scene(stage);
    return undefined;
  } catch (error) {
    if (error instanceof MissedStep) return error.message;
    throw error;
  }
}

function conclude(
  { api, traffic, elapsedMs }: Stage,
  missed: string | undefined,
  print: (line: string) => void,
) {
  const { total, expired, leastSecondsLeft } = api.ledger.summary();
  const naive = api.ledger.summary(naiveName);
  print(`
The app made its requests and got: ${traffic.summary()}.
The API's ledger, kept on its own clock: ${total} requests arrived, ${expired} with an expired token.
The closest call had ${leastSecondsLeft?.toFixed(1) ?? '–'} s left.
For comparison, a client that renews only after a 401: ${naive.total} requests arrived, ${naive.expired} of them expired.`);
  const passed = missed === undefined && expired === 0;
  if (missed !== undefined) print(`\nMISSING: ${missed}`);
  print(
    `\n${passed ? 'All went as it should' : 'NOT as it should be'}, in ${(elapsedMs() / 1000).toFixed(0)} s.`,
  );
  return passed;
}
