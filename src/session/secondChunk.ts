export { browserPage, createGrants, openRecord } from '../grants/index.ts';
export * as lateParts from './lateParts.ts';
