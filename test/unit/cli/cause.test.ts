import { describe, expect, it } from 'vitest';
import { causes, causesByTheme } from '../../../src/explain/index.ts';
import { cli } from './doctor/stage.ts';

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe('token-vigil cause', () => {
  it('prints all that the tables have of a cause', async () => {
    for (const { id, title, looks, why, remedy, check } of causes) {
      const { status, out, err } = await cli(['cause', id]);
      expect({ id, status, err }).toEqual({ id, status: 0, err: '' });
      expect(out.startsWith(`${id}\n`)).toBe(true);
      for (const text of [title, looks, why, remedy, check])
        expect.soft(oneLine(out), id).toContain(oneLine(text).trim());
    }
  });

  it('says how other providers word it, where that is known', async () => {
    const { out } = await cli(['cause', 'client-id-missing']);
    expect(oneLine(out)).toContain('words Entra `AADSTS900144`, ');
    const { out: silent } = await cli(['cause', 'multipart-body']);
    expect(silent).not.toContain('\nwords ');
  });

  it('without an id it lists all of them by theme', async () => {
    const { status, out } = await cli(['cause']);
    expect(status).toBe(0);
    const lines = out.split('\n');
    expect(lines.filter((line) => line.startsWith('  ')).map((line) => line.trim())).toEqual(
      causes.map(({ id }) => id),
    );
    expect(lines).toEqual(expect.arrayContaining(Object.keys(causesByTheme)));
  });

  it.each([
    ['client-id-mising', 'client-id-missing'],
    ['multipart', 'multipart-body'],
  ])('%s: %s was meant', async (typed, meant) => {
    const { status, out, err } = await cli(['cause', typed]);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(`Did you mean ${meant}? `);
  });

  it.each([
    ['pkce', 'pkce-missing'],
    ['EXPIRED', 'refresh-token-expired'],
    ['origin', 'origin-null'],
  ])('%s is in the names of several: %s', async (typed, one) => {
    const { status, err } = await cli(['cause', typed]);
    expect(status).toBe(2);
    expect(err).toMatch(
      new RegExp(`These have it in their names: .*${one}.*\\. npx token-vigil cause lists`),
    );
  });

  it('sends an error code to the doctor', async () => {
    const { err } = await cli(['cause', 'invalid_client']);
    expect(err).toContain('goes to npx token-vigil doctor --error. npx token-vigil cause lists');
  });

  it('does not repeat what is no cause', async () => {
    const { status, err } = await cli(['cause', 's3cr3t-of-a-paste']);
    expect(status).toBe(2);
    expect(err).toContain('npx token-vigil cause lists all');
    expect(err).not.toContain('s3cr3t');
  });

  it.each([[['cause', 'one', 'two']], [['cause', '--all']]])('%j is refused', async (words) => {
    const { status, err } = await cli(words);
    expect(status).toBe(2);
    expect(err).toContain('cause takes one id');
  });

  it('has help of its own', async () => {
    const { status, out } = await cli(['cause', '--help']);
    expect(status).toBe(0);
    expect(out).toContain('npx token-vigil cause client-id-missing');
  });
});
