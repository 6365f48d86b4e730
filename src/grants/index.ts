export { createGrants } from './createGrants.ts';
export { browserPage } from '../page/page.ts';
export { openRecord } from '../record/openRecord.ts';
export { openTabs } from '../tabs/openTabs.ts';
export { warnOnceAlone } from '../tabs/warnOnceAlone.ts';
