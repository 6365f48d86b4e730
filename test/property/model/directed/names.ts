import type { Session } from '../../../../src/session/session.ts';
import { subOf } from '../stage.ts';
import type { Scene, Script } from './script.ts';

const edits = (
  name: string,
  play: (scene: Scene) => Promise<void>,
  setting: Script['setting'] = {},
): Script => ({
  finding: '06',
  name: `an edit of the app's code: ${name}`,
  setting: { storage: false, ...setting },
  play,
});

/** A renewal is on its way, and stays there. */
const renewing = async ({ acts, director, signIn, quiet }: Scene, before = (): void => {}): Promise<void> => {
  await signIn();
  before();
  director.hold(/refresh/);
  acts.renew();
  await quiet();
};

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'none',
    (error: unknown) => Object(error).code as unknown,
  );

const isRefused = async (call: () => Promise<unknown>): Promise<boolean> =>
  (await codeOf(call())) === 'session_conflict';

/** The page is back from the provider, and the app's code is edited before it is known who has signed in. */
const comeBack =
  (held: RegExp) =>
  async ({ run, acts, director, quiet, expect }: Scene): Promise<void> => {
    acts.signInThere();
    await quiet();
    director.hold(held);
    acts.atThePage('ada');
    await quiet();
    acts.edit();
    await quiet();
    director.release();
    await quiet();
    expect(subOf(run) === 'ada', "06: the provider's answer was lost");
  };

/** One session of a name takes the place of another. */
export const nameScripts: readonly Script[] = [
  edits('what its renewal brings is for the next session', async (scene) => {
    const { run, acts, director, quiet, stay, expect } = scene;
    await renewing(scene);
    acts.edit();
    await quiet();
    acts.renew();
    await quiet();
    director.release();
    await stay(2000);
    expect(subOf(run) === 'ada', '06: the next session has nobody');
    await stay(20_000);
  }),
  edits(
    'with a storage, twice in a row',
    async (scene) => {
      const { run, acts, director, quiet, stay, expect } = scene;
      await renewing(scene);
      acts.edit();
      await quiet();
      acts.edit();
      await quiet();
      director.release();
      await stay(20_000);
      expect(subOf(run) === 'ada', '06: the next session has nobody');
    },
    { storage: true },
  ),
  edits('a renewal that brings somebody else leaves nobody signed in', async (scene) => {
    const { run, acts, director, quiet, expect } = scene;
    await renewing(scene, () => acts.fault('other user'));
    acts.edit();
    await quiet();
    director.release();
    await quiet();
    expect(subOf(run) === undefined, '06: somebody is signed in');
  }),
  edits('Bob signs in while the renewal of Ada is on its way', async (scene) => {
    const { run, acts, director, quiet, stay, expect } = scene;
    await renewing(scene);
    acts.edit();
    void acts.signIn('bob');
    await quiet();
    director.release();
    await stay(20_000);
    expect(subOf(run) === 'bob', '06: Bob is not signed in');
  }),
  edits(
    'a rescue is awaited, too',
    async (scene) => {
      const { run, acts, director, signIn, quiet, stay, expect } = scene;
      await signIn();
      run.mint.revokeAll();
      director.hold(/authorize/);
      acts.renew();
      await quiet();
      acts.edit();
      await quiet();
      expect(run.session.status === 'loading', '06: the next session did not wait for the rescue');
      director.release();
      await stay(20_000);
    },
    { silent: 'frame' },
  ),
  edits('the session before it is retired', async ({ run, acts, signIn, quiet, expect }) => {
    await signIn();
    const old: Session<unknown> = run.session;
    acts.edit();
    await quiet();
    const calls = [old.start, old.renew, old.signIn, old.require, old.signOut, old.getAccessToken];
    for (const call of calls)
      expect(await isRefused(() => call()), `06: a call of a retired session: ${call.name}`);
    await quiet();
    expect(subOf(run) === 'ada', '06: a retired session has signed out the next one');
  }),
  edits("the provider's answer is being redeemed", comeBack(/authorization_code/)),
  edits("the provider's answer was not read yet", comeBack(/chunk/)),
];
