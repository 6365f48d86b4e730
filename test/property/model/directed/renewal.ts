import { type Refusal, type TokenFault } from '../provider.ts';
import type { Script } from './script.ts';

const refusals: Refusal[] = [
  'revoked',
  '401 invalid_request',
  '400 interaction_required',
  '404',
  'html',
  'invalid_client',
];

const refused = (how: Refusal, silent: 'frame' | false): Script => ({
  finding: 'B1',
  name: `refused for good (${how}${silent ? ', a rescue in vain' : ''}): requests fail at once, and the session ends`,
  setting: { refreshSeconds: null, storage: false, idle: false, silent },
  async play({ run, acts, signIn, stay, expect }) {
    await signIn();
    acts.refuse(how);
    await stay(15_000);
    for (let minutes = 0; minutes < 20 && run.session.status === 'signedIn'; minutes++) {
      acts.request();
      await stay(60_000);
    }
    expect(run.session.status !== 'signedIn', 'B: refused for good, and signed in for ever');
  },
});

const patience = (fault: TokenFault): Script => ({
  finding: 'B3',
  name: `no server is obeyed for longer than five minutes: ${fault}`,
  setting: { refreshSeconds: null, storage: false, idle: false },
  async play({ run, acts, signIn, stay, expect }) {
    await signIn();
    acts.fault(fault);
    await stay(10_000);
    await stay(305_000);
    expect(
      run.session.peekAccessToken() !== undefined,
      'B: waits for longer than 5 min at the word of a server',
    );
  },
});

const optional = ['expires_in', 'refresh_token', 'refresh_expires_in', 'id_token', 'scope'] as const;

export const renewalScripts: readonly Script[] = [
  ...refusals.flatMap((how) => [refused(how, false), refused(how, 'frame')]),
  patience('wait a year'),
  patience('wait for ever'),
  ...optional.map((field): Script => ({
    finding: 'B11',
    name: `\`${field}: null\` is no \`${field}\``,
    setting: { refreshSeconds: field === 'refresh_expires_in' ? 60 : null, storage: false },
    async play({ run, acts, signIn, stay, expect }) {
      await signIn();
      acts.fault(`null ${field}`);
      acts.renew();
      await stay(20_000);
      const failed = run.log.some((line) => line.includes('renewalFailed'));
      expect(!failed, `B: a renewal failed for \`${field}: null\``);
    },
  })),
  {
    finding: 'B11',
    name: 'a newer refresh token in an answer without a usable access token is kept',
    setting: { refreshSeconds: null, storage: false },
    async play({ acts, signIn, stay }) {
      await signIn();
      acts.fault('odd access_token');
      acts.renew();
      await stay(70_000);
    },
  },
  {
    finding: 'attacks',
    name: 'a token that is fresh is not given up for one that arrives stale',
    setting: { lifeSeconds: 60, refreshSeconds: null, storage: false },
    async play({ run, acts, signIn, quiet, stay, expect }) {
      await signIn();
      acts.fault('one second');
      acts.renew();
      await quiet();
      expect(run.session.peekAccessToken() !== undefined, 'B: a fresh token was given up for a stale one');
      await stay(70_000);
    },
  },
  {
    finding: 'mutants',
    name: 'one answer names the end of the refresh token and the next does not',
    setting: { refreshSeconds: 60, storage: false },
    async play({ acts, signIn, stay }) {
      await signIn();
      acts.fault('missing refresh_expires_in');
      await stay(20_000);
    },
  },
  {
    finding: 'mutants',
    name: 'a refresh token that is shorter than the access token is renewed in time, twice',
    setting: { lifeSeconds: 60, refreshSeconds: 20, storage: false },
    play: async () => {},
  },
  {
    finding: 'B15',
    name: '`online` 100 ms before the network: a waiting request is served within 5 s',
    setting: { refreshSeconds: null, storage: false, epilogue: 'outage' },
    play: async () => {},
  },
  {
    finding: 'B15',
    name: '`online` 100 ms before the network: without requests a present user has a token within 10 s',
    setting: { refreshSeconds: null, storage: false, epilogue: 'quiet outage' },
    play: async () => {},
  },
  {
    finding: 'A8',
    name: 'a renewal at restoring and one after a new sign-in are never in flight together',
    async play({ run, acts, director, signIn, quiet }) {
      await signIn();
      run.clocks.suspend(12_000);
      director.hold(/refresh_token/);
      acts.reload();
      await quiet();
      void acts.signOut();
      await signIn();
      acts.renew();
      await quiet();
      director.release();
      await quiet();
    },
  },
];
