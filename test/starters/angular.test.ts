import { beforeAll, describe, test } from 'vitest';
import { prepareStarter, type Starter } from '../support/starter.ts';

describe.each([['angular'], ['angular20']])('the starter %s', (name) => {
  let starter: Starter;
  beforeAll(async () => {
    starter = await prepareStarter(name);
  });

  test('has no type error, neither in its templates nor in the declarations of what it uses', () =>
    starter.run('check'));

  test.runIf(name === 'angular')('is compiled ahead of time', () => starter.run('build'));
});
