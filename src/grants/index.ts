export { createGrants } from './createGrants.ts';
export { browserPage } from './page.ts';
