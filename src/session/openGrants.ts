import { createGrants, type Grants } from '../grants/createGrants.ts';
import type { GrantDeps } from '../grants/grantDeps.ts';
import { browserPage } from '../page/page.ts';
import { openRecord } from '../record/openRecord.ts';
import { openTabs } from '../tabs/openTabs.ts';
import { warnOnceAlone } from '../tabs/warnOnceAlone.ts';
import { lateParts } from './lateParts.ts';

/** What a session lends to its grants, and what the rest is found by. */
export interface GrantParts extends Omit<GrantDeps, 'page' | 'record' | 'tabs'> {
  readonly window: Window | undefined;
}

/** What the second chunk brings to a session. */
export type Loaded = Grants & typeof lateParts;

/** An app can pin a name and change its provider: what tabs of before and after have in common is not the session. */
const sharedName = ({ name, options: { issuer, clientId } }: GrantParts): string => {
  const source = `${issuer} ${clientId}`;
  return name === source ? name : `${name} ${source}`;
};

/** The grants of a session, with the page, the record and the tabs of this platform, and what is loaded with them. */
export const openGrants = (given: GrantParts): Loaded => {
  const parts = { ...given, onWarning: warnOnceAlone(given.onWarning) };
  const { window, options } = parts;
  const shared = sharedName(parts);
  const tabs = options.tabs ? openTabs(shared, parts) : undefined;
  const grants = createGrants({
    ...parts,
    // Where something is missing it is as if it had been turned off.
    options: { ...options, tabs: tabs !== undefined },
    page: window && browserPage(window),
    record: openRecord(shared, parts),
    tabs,
  });
  return { ...grants, ...lateParts };
};
