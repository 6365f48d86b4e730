import { expect, test } from 'vitest';
import { edgeRows } from '../../support/edgeRows.ts';
import {
  type Stage,
  backingOff,
  createStage,
  edgeNames,
  expired,
  idled,
  refreshing,
  signedIn,
} from '../../support/machineStage.ts';

const signingIn = (): Stage => {
  const stage = createStage();
  stage.failLogin();
  stage.signIn();
  return stage;
};

const rescuing = async (): Promise<Stage> => {
  const stage = await refreshing({ rescue: true });
  stage.fail('terminal');
  return stage;
};

const rows = edgeRows<Stage>({ createStage, signedIn, idled, refreshing, backingOff, expired });

test.each(rows)('%s', async (edge, from, event, ...facts) => {
  const stage = await from();
  stage.told();
  stage.edges.length = 0;
  await event(stage);
  await stage.settle();
  expect(stage.edges).toContain(edge);
  expect(stage.told()).toEqual(facts);
});

test('no edge of the chart is missing above', () => {
  expect(rows.map(([edge]) => edge).toSorted()).toEqual(edgeNames().toSorted());
});

test.each<[string, () => Stage | Promise<Stage>, (stage: Stage) => void]>([
  ['restored', createStage, (s) => s.login()],
  ['isSignedIn', signingIn, (s) => s.login()],
  ['renewed', refreshing, (s) => s.grant()],
])('the edge `%s` tells of its tokens itself: no other one has to', async (_, from, event) => {
  const stage = await from();
  stage.edges.length = 0;
  event(stage);
  expect(stage.edges).not.toContain('authenticated: tokensChanged');
});

test('a rescue that succeeds is a renewal', async () => {
  const stage = await rescuing();
  expect(stage.askedFor('login.requested')).toMatchObject([{ kind: 'rescue' }]);
  stage.login({}, { epoch: 1, generation: 2 });
  expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'renewed']);
});
