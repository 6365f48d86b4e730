export { browserPage, createGrants, openRecord } from '../grants/index.ts';
/** The whole first load, which is there by then: see `optionalChunk.ts`. */
export { createSessionHere } from './createSession.ts';
export * as lateParts from './lateParts.ts';
