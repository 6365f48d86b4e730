export * from './lateParts.ts';
export { openGrants } from './openGrants.ts';
