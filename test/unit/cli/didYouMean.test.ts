import { describe, expect, it } from 'vitest';
import { doctorUsage } from '../../../src/cli/doctor/doctorUsage.ts';
import { cli } from './doctor/stage.ts';

describe('a word that is not known', () => {
  it.each([
    [['doctor', '--clientid', 'web'], '--client-id'],
    [['doctor', '--client_id', 'web'], '--client-id'],
    [['doctor', '--clientId=web'], '--client-id'],
    [['doctor', '--isuer', 'x'], '--issuer'],
    [['doctor', '--offlne'], '--offline'],
    [['doctor', '--error-desc', 'x'], '--error-description'],
    [['doctor', '--endpoint', 'x'], '--token-endpoint'],
    [['inspect', '--prot', '1'], '--port'],
    [['inspect', '--origins=https://a.example'], '--origin'],
    [['docter'], 'doctor'],
    [['inspct'], 'inspect'],
  ])('%j: %s was meant', async (words, meant) => {
    const { status, out, err } = await cli(words);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(` Did you mean ${meant}? `);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it.each([[['doctor', '--xyzzy']], [['doctor', '-x']], [['inspect', '--xyzzy']], [['frobnicate']]])(
    '%j: nothing is like it',
    async (words) => {
      const { status, err } = await cli(words);
      expect(status).toBe(2);
      expect(err).not.toContain('Did you mean');
    },
  );

  it('what may be a secret is not said back', async () => {
    const { err } = await cli(['doctor', '--clientid=s3cr3t-value', '--isuer', 'x']);
    expect(err).toContain('Did you mean --client-id?');
    expect(err).not.toContain('s3cr3t');
  });

  it('every option of the help is one that is known', async () => {
    const named = [...new Set(doctorUsage.match(/--[a-z][a-z-]+/g))];
    expect(named.length).toBeGreaterThan(10);
    const said = await Promise.all(named.map(async (name) => (await cli(['doctor', name, '--help'])).err));
    expect(said.filter((err) => err.includes('Unknown option'))).toEqual([]);
  });
});
