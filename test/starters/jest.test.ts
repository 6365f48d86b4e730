import { expect, test } from 'vitest';
import { prepareStarter } from '../support/starter.ts';

test('components are tested by Jest with a fake session, without a polyfill', async () => {
  const starter = await prepareStarter('jest');
  await expect(starter.run('test')).resolves.toBeUndefined();
});
