/** What the command needs beside what apps import. It is in the same file of the package, undeclared. */
export { docsOf } from './docsOf.ts';
export { endpointOf, isTokenAddress } from './endpointOf.ts';
export { isAboutToken } from './facts.ts';
export { meantBy, nearest, spelt, speltAs } from './fieldNames.ts';
export { providerWords } from './providerWords.ts';
export * from './index.ts';
