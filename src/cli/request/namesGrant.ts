import { speltAs } from '../../explain/fieldNames.ts';
import type { Field } from './field.ts';
import { grantMeantBy } from './grants.ts';

const EXTENSION = /^\s*urn:[\w:.-]+\s*$/i;

/** Whether fields ask for a grant that OAuth knows: other APIs have fields of the same name. */
export const namesGrant = (fields: readonly Field[]): boolean =>
  fields.some(
    ([name, value]) =>
      speltAs(name) === 'grant_type' && (grantMeantBy(value) !== undefined || EXTENSION.test(value)),
  );
