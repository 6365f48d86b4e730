export { browserPage, createGrants, openRecord, openTabs, warnOnceAlone } from '../grants/index.ts';
export * from './lateParts.ts';
