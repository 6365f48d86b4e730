import { auth0Record } from './auth0Record.ts';
import { authentikRecord } from './authentikRecord.ts';
import { cognitoRecord } from './cognitoRecord.ts';
import { entraB2cRecord } from './entraB2cRecord.ts';
import { entraRecord } from './entraRecord.ts';
import { googleRecord } from './googleRecord.ts';
import { hydraRecord } from './hydraRecord.ts';
import { oktaRecord } from './oktaRecord.ts';
import type { Recorded } from './recorded.ts';
import { springRecord } from './springRecord.ts';
import { zitadelRecord } from './zitadelRecord.ts';

/** What all the providers but Keycloak answer. */
export const allRecords: readonly Recorded[] = [
  ...auth0Record,
  ...authentikRecord,
  ...cognitoRecord,
  ...entraB2cRecord,
  ...entraRecord,
  ...googleRecord,
  ...hydraRecord,
  ...oktaRecord,
  ...springRecord,
  ...zitadelRecord,
];
