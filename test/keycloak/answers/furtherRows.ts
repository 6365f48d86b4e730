import { addressRows } from './further/addressRows.ts';
import { clientRows } from './further/clientRows.ts';
import { formRows } from './further/formRows.ts';
import { gatewayRows } from './further/gatewayRows.ts';
import { oddRows } from './further/oddRows.ts';
import { signInRows } from './further/signInRows.ts';
import { tokenRows } from './further/tokenRows.ts';
import type { Row } from './row.ts';

/** Mistakes that are in none of the pages, and what the two servers answered to them. */
export const furtherRows: readonly Row[] = [
  ...tokenRows,
  ...clientRows,
  ...formRows,
  ...addressRows,
  ...signInRows,
  ...gatewayRows,
  ...oddRows,
];
