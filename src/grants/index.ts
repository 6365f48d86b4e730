export { createGrants, type Grants } from './createGrants.ts';
export { browserPage } from './page.ts';
