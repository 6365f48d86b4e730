import { expect, test } from 'vitest';
import { goShortPath, shortPaths } from '../../support/shortPath.ts';

test.for(Object.keys(shortPaths) as (keyof typeof shortPaths)[])(
  'from the starter to a guarded page with an idle dialog: %s',
  async (framework) => {
    const { ownLines } = await goShortPath(framework);
    console.info(`${framework}: ${ownLines} lines of one's own`);
    expect(ownLines).toBeGreaterThan(15);
    expect(ownLines).toBeLessThan(30);
  },
);
