export { openGrants } from './openGrants.ts';
