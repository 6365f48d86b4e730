import { setTimeout as delay } from 'node:timers/promises';
import { heroine } from './lives.ts';
import { type Stage, tokenOf } from './stage.ts';
import type { Outcome } from './traffic.ts';

/** One part of the story; it throws a `MissedStep` if something does not happen. */
export type Scene = (stage: Stage) => Promise<void>;

const burstSize = 100;

const renewals = ({ provider }: Stage): number => provider.renewals();

const isFreshAgain = ({ session }: Stage) => session.peekAccessToken() !== undefined;

async function expectOutcome(
  { expectThat }: Stage,
  what: string,
  request: Promise<Outcome>,
  wanted: Outcome,
): Promise<void> {
  let outcome: Outcome | undefined;
  request.then((value) => (outcome = value)).catch(() => {});
  await expectThat(`${what}: ${wanted}`, () => outcome === wanted, 9000);
}

async function signIn({ session, facts, say, lives, expectThat }: Stage): Promise<void> {
  const { username, password, name } = heroine;
  say(`${name} signs in with name and password`);
  await session.start();
  await session.signIn({ username, password });
  await expectThat('somebody is signed in', () => facts.count('signedIn') === 1, 1000);
  say(
    `signed in; access tokens live ${lives.accessTokenSeconds} s, refresh tokens ${lives.refreshTokenSeconds} s`,
  );
}

async function readOn(stage: Stage): Promise<void> {
  const { facts, person, say, elapsedMs, traffic, expectThat } = stage;
  say('she reads: she moves the mouse and navigates in the app, and nothing calls the API');
  person.work();
  await expectThat('three renewals by presence alone', () => facts.count('renewed') >= 3, 12_000);
  say(`still signed in after ${(elapsedMs() / 1000).toFixed(0)} s, by presence alone`);
  await expectOutcome(stage, 'a request after reading', traffic.request(), 200);
  say('a request passes at once');
}

async function burst(stage: Stage): Promise<void> {
  const { provider, session, say, traffic, tokensTaken, lives, expectThat } = stage;
  const seconds = lives.accessTokenSeconds * 0.4;
  provider.faults.token = { before: () => delay(seconds * 1000), count: 1 };
  say(`the provider takes ${seconds} s for its next answer: the old token lapses meanwhile`);
  const isWaiting = () => session.actor.getSnapshot().matches('refreshing') && !isFreshAgain(stage);
  await expectThat('a renewal under way without a fresh token', isWaiting, 8000);
  const next = tokenOf(session) + 1;
  say(`${burstSize} requests at once, and none has a token`);
  const outcomes = await Promise.all(Array.from({ length: burstSize }, () => traffic.request()));
  await expectThat('all of them answered', () => outcomes.every((outcome) => outcome === 200), 0);
  const took = tokensTaken.slice(-burstSize);
  await expectThat('one renewal for all of them', () => took.every((token) => token === next), 0);
  say(`${burstSize} answers 200, with one renewal for all of them: each took token ${next}`);
}

async function outage(stage: Stage): Promise<void> {
  const { provider, facts, say, traffic, expectThat } = stage;
  const [failed, renewed] = [facts.count('renewalFailed'), facts.count('renewed')];
  provider.faults.token = { status: 503, count: 2 };
  say('the provider breaks down: 503 for the next two renewals');
  await expectThat('two renewals fail', () => facts.count('renewalFailed') >= failed + 2, 12_000);
  await expectOutcome(stage, 'a request in the outage', traffic.request(), 200);
  await expectThat('a renewal after the outage', () => facts.count('renewed') > renewed, 12_000);
  say('the outage is over, and a request made in it has its answer');
}

async function goAway(stage: Stage): Promise<void> {
  const { facts, person, session, say, traffic, lives, expectThat } = stage;
  const idled = facts.count('idled');
  say(`she leaves; a widget goes on polling. Idle after ${lives.idleAfterMs / 1000} s`);
  person.leave();
  traffic.startPolling();
  await expectThat('the session idles', () => facts.count('idled') > idled, 12_000);
  await expectThat('the state is idle', () => session.actor.getSnapshot().matches('idle'), 0);
}

async function pollInVain(stage: Stage): Promise<void> {
  const { facts, say, traffic, expectThat } = stage;
  const [before, held] = [renewals(stage), traffic.count('session_idle')];
  await expectThat('polls are held back', () => traffic.count('session_idle') >= held + 3, 10_000);
  await expectThat('no renewal while idle', () => renewals(stage) === before, 0);
  say('the token has lapsed and polls are held back (session_idle): polling keeps nothing alive');
  await expectThat('a warning', () => facts.count('warned') > 0, 12_000);
}

async function comeBack(stage: Stage): Promise<void> {
  const { facts, person, say, traffic, expectThat } = stage;
  const [resumed, renewed, answered] = [facts.count('resumed'), facts.count('renewed'), traffic.count(200)];
  say('she is back in time: one move of the mouse');
  person.work();
  await expectThat('the session resumes', () => facts.count('resumed') > resumed, 1000);
  await expectThat('a renewal on the way back', () => facts.count('renewed') > renewed, 5000);
  await expectThat('polls pass again', () => traffic.count(200) > answered, 5000);
  say('resumed and renewed; the polls pass again');
}

async function stayAway(stage: Stage): Promise<void> {
  const { facts, session, say, expectThat } = stage;
  const warned = facts.count('warned');
  await goAway(stage);
  const before = renewals(stage);
  await expectThat('a second warning', () => facts.count('warned') > warned, 12_000);
  say('nobody heeds the warning …');
  await expectThat('the session expires', () => facts.count('expired') === 1, 35_000);
  await expectThat('the reason', () => session.actor.getSnapshot().context.reason === 'lapsed', 0);
  await expectThat('no renewal for nobody', () => renewals(stage) === before, 0);
  say('expired, although the polling never stopped');
}

async function askInVain(stage: Stage): Promise<void> {
  const { session, say, traffic, expectThat } = stage;
  traffic.stopPolling();
  await expectOutcome(stage, 'a request after the end', traffic.request(), 'signed_out');
  await expectThat('no token is left', () => session.peekAccessToken() === undefined, 0);
  say('a request now fails with a typed error: signed_out');
}

/** The story, in order. */
export const scenes: readonly Scene[] = [
  signIn,
  readOn,
  burst,
  outage,
  goAway,
  pollInVain,
  comeBack,
  stayAway,
  askInVain,
];
