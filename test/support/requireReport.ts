import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const schema = JSON.parse(
  readFileSync(new URL('../../docs/doctor.schema.json', import.meta.url), 'utf8'),
) as object;
const isReport = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

/** What is wrong with it by `docs/doctor.schema.json`, which describes what `doctor --json` prints. */
export function flawsOf(report: unknown): readonly string[] {
  if (isReport(report)) return [];
  return (isReport.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** Every report of every test: a name that the schema does not know fails there. */
export function requireReport(text: string): void {
  const flaws = flawsOf(JSON.parse(text));
  if (flaws.length > 0)
    throw new Error(`docs/doctor.schema.json does not know this report: ${flaws.join('; ')}`);
}
