import { expect, test } from 'vitest';
import { playStory } from '../../docs/demo/headless.ts';
import { servers } from './tokens.ts';

// In a file of its own: beside a browser at work its short lives would be over on the way to the API.
test.concurrent.each(servers)(
  'npm start -- --headless --keycloak, on $version: the whole story happens, and no expired token arrives',
  async ({ url }) => {
    const told: string[] = [];
    await playStory((line) => told.push(line), { keycloak: url });
    const story = told.join('\n');
    expect(story).toContain('All went as it should');
    expect(story).toContain('0 with an expired token');
  },
);
