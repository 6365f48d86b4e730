export * from '../grants/optionalParts.ts';
/** The whole second chunk, which is there by then: else bundlers cut out of it what both need, and pieces pack worse. */
export * from './secondChunk.ts';
