export { browserPage, createGrants, openRecord, openTabs } from '../grants/index.ts';
export * as lateParts from './lateParts.ts';
