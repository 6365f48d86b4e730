import { expect, test, vi } from 'vitest';
import { appendFileSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
const lines = (f: string) => existsSync(f) ? readFileSync(f, 'utf8').split('\n') : [];
const skip = lines('zz.skip'); const done = lines('zz.done');
import fc from 'fast-check';
import { facadeDefects } from './defects/facadeDefects.ts';
import { moduleDefects } from './defects/moduleDefects.ts';
import { invariantsHold } from './model/check.ts';
import { play, scripts } from './model/directed/play.ts';
import { subject, type Subject } from './model/subject.ts';
import { createTally } from './model/tally.ts';
const out = (s: string) => appendFileSync('zz.out', s + '\n');
const load = async ({ path, fault }: any): Promise<Subject> => {
  vi.resetModules();
  vi.doMock(`../../${path}`, async (o: any) => { const a = await o(); return { ...a, ...fault(a) }; });
  const { subject: s } = await import('./model/subject.ts');
  vi.doUnmock(`../../${path}`);
  return s;
};
const all = [...Object.entries(moduleDefects).map(([n, d]) => [n, d, () => load(d)] as const), ...Object.entries(facadeDefects).map(([n, d]) => [n, d, async () => d.spoil(subject)] as const)];
test.for(all)('%s', async ([name, d, make]) => {
  if (done.includes(name)) return;
  const s = await make();
  out('\n### ' + name + '   ' + d.noticed);
  let n = 0;
  for (const script of scripts) {
    const t = Date.now();
    const key = name + '|' + script.name; if (skip.includes(key)) continue;
    writeFileSync('zz.cur', key);
    const r = await play(s, createTally(), script);
    const v = r.violations.filter((x) => d.noticed.test(x));
    if (v.length) { out(`  ${Date.now() - t} ms | ${script.finding}: ${script.name} | ${[...new Set(v)].slice(0,2).join(' ; ').slice(0, 160)}`); if (++n >= 1) break; }
  }
  if (n === 0) {
    const key = name + '|runs'; if (skip.includes(key)) { out('  RUNS hang'); return; } writeFileSync('zz.cur', key);
    let i = 0; const t = Date.now(); let which = '';
    const runs = invariantsHold(s, createTally(), (run) => { i++; const v = run.violations.find((x) => d.noticed.test(x)); if (v) { which = v; throw new Error('noticed'); } });
    const c = await fc.check(runs, { numRuns: 400, endOnFailure: true, seed: 1 });
    out(`  RUNS ${i} failed=${c.failed} ${Date.now() - t} ms ${which.slice(0,160)}`);
  }
  appendFileSync('zz.done', name + '\n');
});
