import { afterAll, describe, expect, test } from 'vitest';
import { cli } from '../unit/cli/doctor/stage.ts';
import { asCurl } from './answers/asCurl.ts';
import { furtherRows } from './answers/furtherRows.ts';
import { recordedRows } from './answers/recordedRows.ts';
import { inVersion } from './answers/row.ts';
import { createStage, type Stage } from './answers/stage.ts';
import { sendRaw } from './sendRaw.ts';
import { servers } from './tokens.ts';

/** What the doctor says, as far as it is judged here. */
interface Told {
  readonly verdict: 'healthy' | 'fault' | 'cannot_tell';
  readonly summary: string;
  readonly causes?: readonly { readonly id: string; readonly certainty: 'shown' | 'likely' | 'possible' }[];
}

/** Runs the doctor on a request as somebody pastes it. Nothing secret may come out, whatever it says. */
const doctorOn = async (pasted: string, { secrets }: Stage, ...flags: string[]): Promise<Told> => {
  const { out, err } = await cli(['doctor', '--json', ...flags], { stdin: pasted });
  const text = await cli(['doctor', '--offline'], { stdin: pasted });
  const printed = out + err + text.out + text.err;
  expect([...secrets].filter((secret) => printed.includes(secret))).toEqual([]);
  return JSON.parse(out) as Told;
};

const firstOf = ({ causes = [] }: Told) => causes[0]?.id;

const shownIn = ({ causes = [] }: Told) =>
  causes.filter(({ certainty }) => certainty === 'shown').map(({ id }) => id);

describe.each(servers)('Keycloak $version', ({ url, version }) => {
  const stage = createStage(url);
  afterAll(() => stage.stop());

  const rows = [...recordedRows, ...furtherRows].map((row) => inVersion(row, version));
  type Given = (typeof rows)[number];
  const rowsThat = (fit: (row: Given) => boolean) => rows.filter(fit).map((row) => [row.what, row] as const);
  const isKnownBy = (way: Given['knownBy']) => (row: Given) => row.cause !== undefined && row.knownBy === way;

  /** What the doctor tells without `--spend`, then with it. It is sure of nothing but the truth. */
  const twice = async ({ request, cause, atALook }: Given): Promise<readonly [Told, Told]> => {
    const pasted = asCurl(await request(stage));
    const told = [await doctorOn(pasted, stage), await doctorOn(pasted, stage, '--spend')] as const;
    expect(told.flatMap(shownIn).filter((id) => id !== cause && id !== atALook)).toEqual([]);
    return told;
  };

  test.each(rowsThat(() => true))('%s: is answered as recorded', async (_, { request, answer }) => {
    const { says = '', ...recorded } = answer;
    const { says: said = '', ...answered } = await sendRaw(await request(stage));
    expect(answered).toMatchObject(recorded);
    expect(said.slice(0, says.length)).toBe(says);
  });

  test.each(rowsThat(({ cause }) => cause === undefined))('%s: no fault is found', async (_, row) => {
    const [looked, spent] = await twice(row);
    expect(looked).toMatchObject({ verdict: 'cannot_tell', causes: [] });
    expect(spent).toMatchObject({ verdict: 'healthy', causes: [] });
  });

  test.each(rowsThat(isKnownBy('look')))('%s: a look finds the cause', async (_, row) => {
    expect((await twice(row)).map(firstOf)).toEqual([row.cause, row.cause]);
  });

  test.each(rowsThat(isKnownBy('spend')))('%s: only the answer tells the cause', async (_, row) => {
    expect((await twice(row)).map(firstOf)).toEqual([row.atALook, row.cause]);
  });

  test.each(rowsThat(isKnownBy('never')))('%s: nothing false is claimed', async (_, row) => {
    const verdicts = (await twice(row)).map(({ verdict }) => verdict);
    expect(verdicts).not.toContain('healthy');
  });
});
