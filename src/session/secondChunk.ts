export { browserPage, createGrants, openRecord, openTabs, warnOnceAlone } from '../grants/index.ts';
export * as lateParts from './lateParts.ts';
