import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { causesPage } from '../../../docs/causes.mjs';
import { causeTables } from '../../../src/explain/causes.ts';

it('docs/causes.md is what the tables say (else: node docs/causes.mjs)', () => {
  const page = readFileSync(new URL('../../../docs/causes.md', import.meta.url), 'utf8');
  expect(page).toBe(causesPage(causeTables));
});
